"""How a call ended for the caller.

completed   somebody talked with the caller; or nobody was to (an application served the call)
abandoned   the caller hung up first, while it rang, in a queue or in a waiting room
busy, rejected, no-answer   as the last dial ended, else as the cause of the caller's channel says
failed      anything else: no such number, no line, not reachable

Asterisk's QueueCallerAbandon also comes when the queue gave up on the caller (seen in 22), so it only counts when the
recording does not tell who hung up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from acd.core.history.channels import Party
from acd.core.history.dials import Attempt, Dials

Result = Literal["completed", "no-answer", "busy", "rejected", "abandoned", "failed"]

BY_CAUSE: dict[int, Result] = {17: "busy", 18: "no-answer", 19: "no-answer", 21: "rejected"}
SILENT_CAUSES = frozenset({0, 16, 26, 31, 127})
"""Normal clearing, answered elsewhere, interworking: nothing about why nobody answered."""
BY_STATUS: dict[str, Result] = {
    "BUSY": "busy",
    "CONGESTION": "failed",
    "CHANUNAVAIL": "failed",
    "NOANSWER": "no-answer",
}


@dataclass(frozen=True, slots=True)
class Ending:
    answered: bool
    result: Result
    cause: int | None


class Judge:
    """Decides for one call at a time; `tells_who_hung_up` says whether the recording has HangupRequest events."""

    def __init__(self, dials: Dials, tells_who_hung_up: bool) -> None:
        self._dials = dials
        self._tells_who_hung_up = tells_who_hung_up

    def ending(
        self, caller: Party, called: bool, others: Sequence[Party], parties: Sequence[Party], talked: bool
    ) -> Ending:
        cause = caller.cause if caller.cause is not None else _last_cause(others)
        if talked:
            return Ending(True, "completed", cause)
        attempts = self._outer_attempts(caller, called, parties)
        if called and not attempts:
            if caller.up_at is not None:
                return Ending(True, "completed", cause)
            attempts = self._dials.to(caller)
        return Ending(False, self._unanswered(caller, attempts), cause)

    def _unanswered(self, caller: Party, attempts: Sequence[Attempt]) -> Result:
        last = max((attempt for attempt in attempts if attempt.ended_at is not None), key=_end, default=None)
        if self._gave_up(caller, last):
            return "abandoned"
        by_dial = _by_dial(last) if last is not None else None
        if by_dial is not None and by_dial != "failed":
            return by_dial
        by_cause = _by_cause(caller.cause)
        if by_cause is not None or by_dial is not None:
            return by_cause or "failed"
        if attempts or caller.queue or caller.ended_at is None:
            return "no-answer"
        return "completed" if caller.up_at is not None else "abandoned"

    def _gave_up(self, caller: Party, last: Attempt | None) -> bool:
        if last is not None and last.status == "CANCEL":
            return True
        if caller.waiting or caller.abandoned_queue:
            return caller.hangup_asked or (not self._tells_who_hung_up and caller.abandoned_queue)
        return caller.hangup_asked and last is None and caller.up_at is None

    def _outer_attempts(self, caller: Party, called: bool, parties: Sequence[Party]) -> list[Attempt]:
        """Dials for the caller, not those that a Local channel made for another dial of the same call.

        The inner ones end as CANCEL whenever the outer one gives up. Where the PBX called the caller, what counts is
        what was dialled once the caller was there.
        """
        dialled = {party.name for party in parties if self._dials.to(party)}
        outer = [
            attempt
            for party in parties
            for attempt in self._dials.to(party)
            if attempt.source is not None and party is not caller and attempt.source.local_sibling() not in dialled
        ]
        if not called:
            return outer
        if caller.up_at is None:
            return []
        return [attempt for attempt in outer if attempt.begun_at > caller.up_at]


def _by_dial(attempt: Attempt) -> Result | None:
    """The dialled channel's own cause is finer than the status: a rejected call is BUSY, NOANSWER or CHANUNAVAIL."""
    result = BY_STATUS.get(attempt.status)
    by_cause = _by_cause(attempt.target.cause) if result is not None else None
    return by_cause or result


def _by_cause(cause: int | None) -> Result | None:
    if cause is None or cause in SILENT_CAUSES:
        return None
    return BY_CAUSE.get(cause, "failed")


def _end(attempt: Attempt) -> int:
    return attempt.ended_at or 0


def _last_cause(parties: Sequence[Party]) -> int | None:
    ended = [
        (party.ended_at, party.cause) for party in parties if party.ended_at is not None and party.cause is not None
    ]
    return max(ended)[1] if ended else None
