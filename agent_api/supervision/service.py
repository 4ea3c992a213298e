"""Whom a supervisor may command, and commands that leave a trace in the audit log whatever becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from acd.contracts.commands import Command
from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.context import Context
from agent_api.errors import Denied, NotFound, Refused


@dataclass(frozen=True, slots=True)
class Act:
    """What is done to whom, as the audit log names it."""

    action: str
    subject: str
    subject_id: str
    reason: str = ""


async def check_agent(context: Context, who: Principal, agent_no: str) -> None:
    """An agent of one's own centre or one below."""
    async with context.db.read() as session:
        agent = await auth.principal(session, agent_no)
    if agent.center.center_id not in who.visible_centers:
        raise Denied("supervision.not_your_center")


def check_call(context: Context, who: Principal, call_id: str) -> None:
    """A call on the floor, of one's own centre or one below, or of a caller whose centre nobody knows."""
    row = context.board.calls.get(call_id)
    if row is None:
        raise NotFound("call", call_id)
    if row["center_id"] and row["center_id"] not in who.visible_centers:
        raise Denied("supervision.not_your_center")


async def command(context: Context, who: Principal, order: Command, act: Act) -> None:
    """Audited before it is done; a refusal is audited, too."""
    await _note(context, who, act, "ok")
    try:
        await context.commands.do(order)
    except Refused as refused:
        await _note(context, who, act, refused.code[:20])
        raise


async def _note(context: Context, who: Principal, act: Act, result: str) -> None:
    async with context.db.write() as session:
        await audit.record(
            session,
            who,
            act.action,
            context.clock(),
            subject=act.subject,
            subject_id=act.subject_id,
            reason=act.reason,
            result=result,
        )


def listed(names: Sequence[str]) -> str:
    return " ".join(sorted(names))
