"""Every refusal for lack of rights leaves an audit entry: the pattern of them is what an auditor looks for."""

from fastapi import Request

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.errors import Denied
from agent_api.web import process_context


async def note_denial(request: Request, error: Denied) -> None:
    who: Principal | None = getattr(request.state, "principal", None)
    if who is None:
        return
    context = process_context(request)
    route = getattr(request.scope.get("route"), "path", "")
    async with context.db.write() as session:
        await audit.record(
            session,
            who,
            "access.denied",
            context.clock(),
            subject="address",
            subject_id=f"{request.method} {route}"[:64],
            reason=error.code,
            result="denied",
        )
