"""What befalls dunning calls on the floor: commands, the dialled leg, the answer and what it came to."""

from datetime import datetime

from acd.contracts.commands import CancelDial, Debtor, DialDebtor, DunningPolicy
from acd.contracts.events import CommandDone
from acd.contracts.ids import AttemptId, CallId, ChannelName, NodeName
from acd.contracts.menu.tree import Language
from acd.contracts.vocabulary import AttemptCode
from acd.core import facts
from tests.support.floor import NODE, Floor, caller_channel


def dial(
    floor: Floor, attempt_id: str, *, valid_seconds: float = 5, language: Language = "zh", **debtor: object
) -> CommandDone:
    known: dict[str, object] = {"owed_yuan": "88.00", "balance_as_of": floor.now, **debtor}
    return floor.command(
        DialDebtor(
            **floor.command_head(valid_seconds),  # type: ignore[arg-type]
            attempt_id=AttemptId(attempt_id),
            number="13900000002",
            language=language,
            debtor=Debtor.model_validate(known),
            policy=DunningPolicy(),
        )
    )


def cancel_dial(floor: Floor, attempt_id: str) -> CommandDone:
    return floor.command(CancelDial(**floor.command_head(), attempt_id=AttemptId(attempt_id)))  # type: ignore[arg-type]


def _dialled_leg(floor: Floor, attempt_id: str) -> tuple[datetime, NodeName, ChannelName, str, CallId, None]:
    return floor.now, NODE, caller_channel(f"n1-{attempt_id}"), f"n1-{attempt_id}", CallId(""), None


def dial_opens(floor: Floor, attempt_id: str) -> None:
    floor.tell(facts.LegOpened(*_dialled_leg(floor, attempt_id)))


def dial_rings(floor: Floor, attempt_id: str) -> None:
    floor.tell(facts.LegAlerted(*_dialled_leg(floor, attempt_id)))


def dial_ends(floor: Floor, attempt_id: str, cause: int) -> None:
    floor.tell(facts.LegGone(*_dialled_leg(floor, attempt_id), cause))


def debtor_answers(floor: Floor, attempt_id: str) -> None:
    floor.tell(facts.AttemptPickedUp(*floor.head(f"n1-{attempt_id}"), AttemptId(attempt_id)))


def judged(floor: Floor, attempt_id: str, code: AttemptCode) -> None:
    floor.tell(facts.AttemptJudged(*floor.head(f"n1-{attempt_id}"), AttemptId(attempt_id), code))
