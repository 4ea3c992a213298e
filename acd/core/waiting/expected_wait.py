"""How long a waiting caller will wait: a pure function of the queue's figures, and what these are learnt from.

Formula EW2 (after W. Whitt, Predicting Queueing Delays, 1999): with n agents, each taking h seconds a call, and callers
who give up after 1/r seconds on average, the caller behind k others waits for k + 1 departures; while i + 1 are still
in line these come at a rate of n/h + i * r. The expected wait is the sum of the mean times between them:

    W(k) = sum over i = 0 .. k of 1 / (n/h + i * r)

Never falls with k, never rises with n; with r = 0 it is (k + 1) * h / n.
"""

from dataclasses import dataclass, replace
from math import ceil

FORMULA = "EW2"
DEFAULT_HANDLE_SECONDS = 180.0
NEWEST = 0.1
"""Weight of the newest call in the running mean of handle times."""
FADING = 0.98
"""What is left of the past's weight when another caller leaves the queue."""
ENOUGH_LEFT = 5.0
"""So many (faded) departures before giving up is believed in."""


@dataclass(frozen=True, slots=True)
class Experience:
    """What a queue has learnt."""

    handle_seconds: float | None = None
    waited_seconds: float = 0.0
    """Of all who left the queue, answered or not; faded."""
    gave_up: float = 0.0
    left: float = 0.0

    @property
    def give_up_rate(self) -> float:
        """Per second and waiting caller: maximum likelihood when patience is exponential and answers cut it short."""
        if self.left < ENOUGH_LEFT or self.waited_seconds <= 0:
            return 0.0
        return self.gave_up / self.waited_seconds


NO_EXPERIENCE = Experience()


def learn_handling(known: Experience, seconds: float) -> Experience:
    mean = seconds if known.handle_seconds is None else known.handle_seconds
    return replace(known, handle_seconds=mean + NEWEST * (seconds - mean))


def learn_waiting(known: Experience, seconds: float, *, gave_up: bool) -> Experience:
    return replace(
        known,
        waited_seconds=FADING * known.waited_seconds + max(0.0, seconds),
        gave_up=FADING * known.gave_up + (1.0 if gave_up else 0.0),
        left=FADING * known.left + 1.0,
    )


def expected_wait_seconds(ahead: int, agents: int, ready: int, known: Experience) -> int | None:
    """For a caller with so many in front; None when no agent serves."""
    if ahead == 0 and ready > 0:
        return 0
    if agents <= 0:
        return None
    handling = DEFAULT_HANDLE_SECONDS if known.handle_seconds is None else max(1.0, known.handle_seconds)
    served, giving_up = agents / handling, known.give_up_rate
    return ceil(sum(1.0 / (served + place * giving_up) for place in range(ahead + 1)))
