"""求助: the agent calls for the supervisors; nobody joins by itself."""

from acd.contracts import events
from acd.contracts.commands import AskForHelp
from acd.core.calls.call import IN_CONVERSATION
from acd.core.control.base import head, theirs
from acd.core.state import World


def ask_for_help(world: World, command: AskForHelp) -> None:
    call, _ = theirs(world, command, *IN_CONVERSATION)
    world.publish(events.CallHelpWanted(**head(call, world.now), agent_id=command.agent_id, note=command.note))
