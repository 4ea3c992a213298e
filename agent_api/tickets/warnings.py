"""At which shares of a limit people are warned, and what each share means (requirements.md 2.8.5). Pure once read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from agent_api.tickets.limits import shipped_warnings

RED = 100
"""The limit itself: a centre that wants it earlier sets a shorter limit."""
ROW = "warning."
BEFORE, AFTER = ("info", "yellow"), ("escalate", "supervise")
"""What a centre may set: before its limit, and beyond it."""
LATEST = 1000


@dataclass(frozen=True, slots=True)
class Shares:
    """Percent of a limit."""

    info: int
    yellow: int
    escalate: int
    supervise: int

    @property
    def named(self) -> tuple[tuple[int, str], ...]:
        """In the order in which they come."""
        own = [(getattr(self, name), name) for name in (*BEFORE, *AFTER)]
        return tuple(sorted([*own, (RED, "red")]))

    def name_of(self, percent: float) -> str:
        """Of the last warning that this share of the limit brings."""
        return next((name for share, name in reversed(self.named) if percent >= share), "none")


def rows() -> dict[str, list[int]]:
    """As shipped, the way a centre changes them."""
    return {f"{ROW}{name}": [percent] for name, percent in shipped_warnings().items()}


@cache
def shipped() -> Shares:
    return Shares(**shipped_warnings())


def shares_of(limits: Mapping[str, Sequence[int]]) -> Shares:
    """`limits`: what the ticket's centre said when it was opened."""
    if not any(name.startswith(ROW) for name in limits):
        return shipped()
    return Shares(
        **{name: (limits.get(f"{ROW}{name}") or [percent])[0] for name, percent in shipped_warnings().items()}
    )


def is_in_range(row: str, percent: int) -> bool:
    return 0 < percent < RED if row.removeprefix(ROW) in BEFORE else RED < percent <= LATEST


def misordered(found: Mapping[str, Sequence[int]]) -> list[str]:
    """Rows that come at or before the one they follow."""
    pairs = (BEFORE, AFTER)
    return [f"{ROW}{later}" for earlier, later in pairs if found[f"{ROW}{later}"][0] <= found[f"{ROW}{earlier}"][0]]
