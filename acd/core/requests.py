"""Commands from the bus: each is done or refused, and answered once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from acd.contracts import events
from acd.contracts.commands import (
    AskForHelp,
    BookCallback,
    CancelCallback,
    CancelDial,
    CloseQueue,
    Command,
    CompleteTransfer,
    Conference,
    ConfigureRouting,
    ConsultCall,
    DialDebtor,
    EndCall,
    EndConsult,
    HoldCall,
    LeaveConference,
    PauseRecording,
    RedirectWaiting,
    ReplayEvents,
    ResumeCall,
    ResumeRecording,
    SendFax,
    SendToPasswordMenu,
    SpeakNotice,
    SpyOnCall,
    StopSpying,
    TakeOverCall,
    TransferCall,
)
from acd.contracts.vocabulary import BlockRule
from acd.core.agents import life
from acd.core.callbacks import booking
from acd.core.callers.password_trip import send_to_password_menu
from acd.core.configuration import close_queue, configure, redirect_waiting
from acd.core.control import conference, consult, end, help_wanted, hold, spying, take_over, transfer
from acd.core.effects import Replay, unnumbered
from acd.core.errors import Code, Refused
from acd.core.facts import Replayed
from acd.core.outbound.dunning import block, cancel_dial, dial_debtor
from acd.core.outbound.faxes import send_fax
from acd.core.outbound.notices import speak_notice
from acd.core.recordings import recorder
from acd.core.state import World

REMEMBERED_COMMANDS = 10_000


def handle_command(world: World, command: Command) -> None:
    """Do the command unless it is late or was seen before (the bus may deliver twice), and say how it went."""
    command_id = str(command.command_id)
    if command_id in world.seen_commands:
        world.skipped["command delivered twice"] += 1
        return
    world.seen_commands[command_id] = None
    if len(world.seen_commands) > REMEMBERED_COMMANDS:
        del world.seen_commands[next(iter(world.seen_commands))]
    code = ""
    try:
        _do(world, command)
    except Refused as refusal:
        code = refusal.code.value
    if code or not isinstance(command, ReplayEvents):  # a replay is answered when it is over
        done(world, command.command_id, code)


def done(world: World, command_id: UUID, code: str) -> None:
    """Answer a command: done, or refused with a code."""
    world.publish(events.CommandDone(**unnumbered(world.now), command_id=command_id, ok=code == "", code=code))


def _do(world: World, command: Command) -> None:
    if world.now > command.not_after:
        if isinstance(command, DialDebtor):
            block(world, command.attempt_id, BlockRule.LATE_COMMAND)
        raise Refused(Code.COMMAND_LATE)
    _DO[type(command)](world, command)


def _replay(world: World, command: ReplayEvents) -> None:
    world.ask(Replay(command.command_id, command.stream, command.after_seq))


def replayed(world: World, fact: Replayed) -> None:
    done(world, fact.command_id, "" if fact.known else Code.REPLAY_UNKNOWN_STREAM.value)


_DO: dict[type[Command], Callable[[World, Any], None]] = {
    **life.DO,
    DialDebtor: dial_debtor,
    CancelDial: cancel_dial,
    SendToPasswordMenu: send_to_password_menu,
    HoldCall: hold.hold,
    ResumeCall: hold.resume,
    TransferCall: transfer.transfer,
    ConsultCall: consult.consult,
    EndConsult: consult.end_consult,
    CompleteTransfer: consult.complete_transfer,
    Conference: conference.confer,
    LeaveConference: conference.leave,
    AskForHelp: help_wanted.ask_for_help,
    EndCall: end.end,
    SpyOnCall: spying.spy,
    StopSpying: spying.stop,
    TakeOverCall: take_over.take_over,
    PauseRecording: recorder.pause,
    ResumeRecording: recorder.resume,
    SendFax: send_fax,
    SpeakNotice: speak_notice,
    ReplayEvents: _replay,
    ConfigureRouting: configure,
    CloseQueue: close_queue,
    BookCallback: booking.book,
    CancelCallback: booking.cancel,
    RedirectWaiting: redirect_waiting,
}
