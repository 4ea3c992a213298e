"""What is known of one call while it is in the menus: who, which lines are proven, what was said."""

from dataclasses import dataclass, field

from acd.contracts.menu.tree import Language, Tree
from ivr.lookups.callers import Caller
from ivr.steps import CallFacts

MAX_VISITS = 200


@dataclass(slots=True)
class Session:
    call: CallFacts
    caller: Caller
    tree: Tree
    language: Language
    node: str = ""
    """Where the caller is."""
    served: bool = False
    """He has got something he asked for."""
    served_here: bool = False
    """... at this node."""
    visits: int = 0
    """Of nodes, repeats included: a call that goes in circles ends with an agent."""
    heard: set[str] = field(default_factory=set)
    """Nodes and announcements that are spoken once a call."""
    lines: dict[str, str] = field(default_factory=dict, repr=False)
    """Product to the number last keyed for it."""
    proofs: dict[tuple[str, str], int] = field(default_factory=dict, repr=False)
    """(product, number) to the identity level proven in this call."""
    initial: set[tuple[str, str]] = field(default_factory=set, repr=False)
    """Lines whose password was right but has never been changed."""
    dealer: str = ""
    recordings: int = 0
    fax_file: str = ""
    """To be sent on this call when the menu is left."""

    @property
    def own(self) -> str:
        """The caller's own number as far as known; "" when withheld."""
        return self.caller.own_number or self.call.caller_number

    @property
    def on_own_line(self) -> bool:
        """The call comes from the line itself: that is level 1. A known contact number alone proves nothing."""
        return bool(self.call.caller_number) and self.caller.own_number == self.call.caller_number

    def level(self, product: str, number: str) -> int:
        """Identity level of the caller for this line (requirements.md 4.4.1)."""
        return max(self.proofs.get((product, number), 0), 1 if self.on_own_line and number == self.own else 0)

    def prove(self, product: str, number: str, level: int) -> None:
        self.proofs[product, number] = max(self.proofs.get((product, number), 0), level)
