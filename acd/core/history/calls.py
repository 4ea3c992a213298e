"""The call as it is printed, put together when the stream is over."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from acd.core.history.caller import Direction, callee_number, caller_number, direction, find_caller
from acd.core.history.channels import Order, Party
from acd.core.history.story import Story
from acd.core.history.transfers import Kind, Transfer
from acd.core.history.verdict import Judge, Result

Seen = tuple[int, Order, str]
"""Where in the stream, and which channel; of several at the same place the one made first comes first."""


@dataclass(frozen=True, slots=True)
class CallTransfer:
    kind: Kind
    by: str | None
    to: str | None


@dataclass(frozen=True, slots=True)
class Call:
    call_id: str
    caller: str | None
    callee: str | None
    caller_channel: str
    direction: Direction | None
    started: str | None
    answered: bool
    rang: tuple[str, ...]
    talked: tuple[str, ...]
    transfers: tuple[CallTransfer, ...]
    queue: str | None
    result: Result
    hangup_cause: int | None
    incomplete: bool
    """Something of it was not recorded, or not in order: the rest may be wrong."""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def rebuild(story: Story) -> list[Call]:
    """All calls in which there was a real channel, oldest first."""
    members: dict[str, list[Party]] = defaultdict(list)
    for party in story.channels.parties:
        members[story.groups.find(party.home)].append(party)
    notes: dict[str, list[Transfer]] = defaultdict(list)
    for note in story.transfers.notes:
        notes[story.groups.find(note.by.home)].append(note)
    found = []
    for key, parties in members.items():
        parties.sort(key=lambda party: party.order)
        if any(party.real for party in parties):
            found.append((parties[0].order, _call(story, parties, notes[key])))
    return [call for _, call in sorted(found, key=lambda item: item[0])]


def _call(story: Story, parties: list[Party], notes: list[Transfer]) -> Call:
    real = [party for party in parties if party.real]
    caller, called = find_caller(real, story.dials)
    others = [party for party in real if party is not caller]
    talked = _talked(story, real, caller)
    callee = callee_number(caller, called, others, story.dials)
    judge = Judge(story.dials, story.tells_who_hung_up)
    ending = judge.ending(caller, called, others, parties, bool(talked))
    return Call(
        call_id=_call_id(parties, caller),
        caller=caller_number(caller),
        callee=callee,
        caller_channel=caller.name,
        direction=direction(caller, called, others, callee),
        started=_started(parties),
        answered=ending.answered,
        rang=_rang(story, others, caller),
        talked=talked,
        transfers=_transfers(story, notes, real),
        queue=next((party.queue for party in (caller, *real) if party.queue), None),
        result=ending.result,
        hangup_cause=ending.cause,
        incomplete=_incomplete(parties),
    )


def _call_id(parties: list[Party], caller: Party) -> str:
    ours = caller.call_id or next((party.call_id for party in parties if party.call_id), "")
    return ours or parties[0].linkedid or parties[0].home.removeprefix("name:")


def _started(parties: list[Party]) -> str | None:
    """From the time stamps of the recording, else from the uniqueid, which begins with the second it was made in."""
    stamps = [party.made_at for party in parties if party.made_at is not None]
    seconds = min(stamps) if stamps else float(parties[0].order[0])
    if not seconds:
        return None
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _rang(story: Story, others: list[Party], caller: Party) -> tuple[str, ...]:
    """A phone that was dialled and answered at once was alerted too, even if nothing says that it rang.

    Not so one that picked somebody else's call up: it was up before the dial was handed to it.
    """
    alerted: list[Seen] = []
    for party in others:
        if party.rang_at is not None:
            alerted.append((party.rang_at, party.order, party.name))
        elif (up := party.up_at) is not None and any(attempt.begun_at < up for attempt in story.dials.to(party)):
            alerted.append((up, party.order, party.name))
    return _names(alerted, caller)


def _talked(story: Story, real: list[Party], caller: Party) -> tuple[str, ...]:
    """Everyone of the call who was in a conversation, and whoever else they met there (a conference room)."""
    first_at, partners = story.conversations.first_at, story.conversations.partners
    everyone = {other for party in real for other in (party, *partners.get(party, ()))}
    heard = [party for party in everyone if party.real and party in first_at]
    return _names([(first_at[party], party.order, party.name) for party in heard], caller)


def _names(found: list[Seen], caller: Party) -> tuple[str, ...]:
    """In order, each once. In a damaged recording one channel may have been taken for two."""
    return tuple(dict.fromkeys(name for _, _, name in sorted(found) if name != caller.name))


def _transfers(story: Story, notes: list[Transfer], real: list[Party]) -> tuple[CallTransfer, ...]:
    result = []
    for number, note in enumerate(notes, start=1):
        until = notes[number].place if number < len(notes) else None
        to = story.transfers.resolve(note, real, until)
        by = note.by.name if note.by.real else None
        result.append(CallTransfer(note.kind, by, to.name if to else None))
    return tuple(result)


def _incomplete(parties: list[Party]) -> bool:
    return any(not party.created or party.doubtful or (party.real and party.ended_at is None) for party in parties)
