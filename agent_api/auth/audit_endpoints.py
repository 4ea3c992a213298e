"""The audit log for those who read it: found, checked, as a file. Reading it as a file is audited, too."""

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime
from sqlalchemy import ColumnElement

from agent_api.auth import audit, repository
from agent_api.auth.models import AuditEntry
from agent_api.auth.people_schemas import AuditCheck, AuditPage, AuditRow
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotSignedIn, responses
from agent_api.stats.export import as_csv
from agent_api.web import ContextDep, Reading, allowed

router = APIRouter(prefix="/api/v1/audit", tags=["audit"], responses=responses(NotSignedIn, Denied, Invalid))

MayRead = Annotated[Principal, Depends(allowed(Permission.AUDIT_READ))]
Word = Annotated[str, Query(max_length=64)]
MOST_IN_A_FILE = 20_000
COLUMNS = (
    "entry_id", "at", "actor", "roles", "center_id", "ip", "action", "subject", "subject_id", "ticket_no", "reason",
    "result", "before_hash", "after_hash", "entry_hash",
)  # fmt: skip


def _conditions(
    actor: Word = "",
    action: Word = "",
    subject_id: Word = "",
    result: Word = "",
    begins: AwareDatetime | None = None,
    ends: AwareDatetime | None = None,
) -> list[ColumnElement[bool]]:
    """`action` is the start of one: `session.` finds every sign-in and sign-out."""
    exact = ((AuditEntry.actor, actor), (AuditEntry.subject_id, subject_id), (AuditEntry.result, result))
    found: list[ColumnElement[bool]] = [column == value for column, value in exact if value]
    if action:
        found.append(AuditEntry.action.startswith(action, autoescape=True))
    if begins is not None:
        found.append(AuditEntry.at >= begins)
    if ends is not None:
        found.append(AuditEntry.at < ends)
    return found


Conditions = Annotated[list[ColumnElement[bool]], Depends(_conditions)]


@router.get("")
async def read_log(
    _who: MayRead,
    session: Reading,
    wanted: Conditions,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: Annotated[int | None, Query(ge=1)] = None,
) -> AuditPage:
    """Latest first."""
    older = [] if before is None else [AuditEntry.entry_id < before]
    rows = await repository.audit_page(session, [*wanted, *older], limit)
    items = [AuditRow.model_validate(row, from_attributes=True) for row in rows]
    return AuditPage(items=items, next=rows[-1].entry_id if len(rows) == limit else None)


@router.get("/check")
async def check(_who: MayRead, session: Reading) -> AuditCheck:
    """Whether the chain is whole: every entry as it was written, none missing. Reads all of it."""
    entries = await repository.count_audit_log(session)
    return AuditCheck(entries=entries, first_break=await audit.first_break_in_log(session))


@router.post("/export", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def export(who: MayRead, context: ContextDep, wanted: Conditions) -> Response:
    """The latest 20,000 that fit."""
    now = context.clock()
    async with context.db.read() as session:
        rows = await repository.audit_page(session, wanted, MOST_IN_A_FILE)
    table = [[str(getattr(row, name)) for name in COLUMNS] for row in rows]
    content = await to_thread.run_sync(as_csv, COLUMNS, table)
    async with context.db.write() as session:
        await audit.record(session, who, "audit.exported", now, subject="audit", reason=f"{len(rows)} rows")
    headers = {"Content-Disposition": f'attachment; filename="audit-{now:%Y%m%d}.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
