"""The agent sends the caller to the password menu and gets him back; both legs stay up, the call stays connected."""

from dataclasses import replace

from acd.contracts.commands import SendToPasswordMenu
from acd.contracts.dialplan import Context, Variable
from acd.contracts.vocabulary import AgentState
from acd.core.calls.call import CallState
from acd.core.effects import RedirectPair, SetVariables
from acd.core.errors import Code, Refused
from acd.core.state import World


def send_to_password_menu(world: World, command: SendToPasswordMenu) -> None:
    call, agent = world.calls.get(command.call_id), world.agents.get(command.agent_id)
    if agent is None:
        raise Refused(Code.AGENT_NOT_LOGGED_IN)
    theirs = call is not None and call.agent_id == agent.agent_id and agent.state is AgentState.TALKING
    if call is None or not theirs or call.state is not CallState.CONNECTED or call.agent_channel is None:
        raise Refused(Code.CALL_WRONG_STATE)
    if not call.announced:  # not bridged yet: Asterisk would drop the agent's leg
        raise Refused(Code.CALL_WRONG_STATE)
    if not world.is_synced(call.node):
        raise Refused(Code.DIALER_NO_LINE)
    world.put_call(replace(call, agent_waits=True))
    told = ((Variable.AGENT_CHANNEL, call.agent_channel), (Variable.VERIFY_NUMBER, command.number))
    world.ask(
        SetVariables(call.node, call.channel, told),
        RedirectPair(call.node, call.channel, Context.PASSWORD, call.agent_channel, Context.AGENT_WAITS),
    )
