"""What agents say: the sentences that fit the call, their editor, and the acknowledgement of new ones."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from agent_api.agents.schemas import Done
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.documents import service as documents
from agent_api.documents.schemas import DocumentVersion
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.scripts import service
from agent_api.scripts.lines import Line, Moment, Situation, fitting
from agent_api.scripts.schemas import Acknowledgement, ScriptsIn, ScriptsOut, ScriptVersion
from agent_api.web import ContextDep, CurrentStaff, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/scripts", tags=["scripts"], responses=responses(NotSignedIn, Denied, Invalid))

MayEdit = Annotated[Principal, Depends(allowed(Permission.SCRIPT_EDIT))]


@router.get("")
async def read_scripts(
    who: CurrentStaff,
    session: Reading,
    situation: Situation | None = None,
    moment: Moment | None = None,
    queue: Annotated[str, Query(max_length=40)] = "",
    reason: Annotated[str, Query(max_length=40)] = "",
    language: Annotated[str | None, Query(pattern="^(zh|en)$")] = None,
) -> ScriptsOut:
    """Of one's centre, in order. Sentences of the queue or contact reason take the place of general ones."""
    found = await service.in_force(session, who.center.center_id)
    lines = fitting(found.lines, situation=situation, queue=queue, reason=reason, language=language, moment=moment)
    return await _out(session, who, found, lines)


@router.get("/{center}")
async def read_all(center: str, who: MayEdit, session: Reading) -> ScriptsOut:
    """Every sentence in force for a centre, to be edited."""
    found = await service.in_force(session, center)
    return await _out(session, who, found, list(found.lines))


@router.get("/{center}/versions")
async def list_versions(center: str, _who: MayEdit, session: Reading) -> list[DocumentVersion]:
    """The centre's own, last first."""
    rows = await documents.versions(session, service.KIND, center)
    return [DocumentVersion.model_validate(row, from_attributes=True) for row in rows]


@router.get("/{center}/versions/{version}", responses=responses(NotFound))
async def read_version(center: str, version: int, _who: MayEdit, session: Reading) -> ScriptVersion:
    row = await documents.version(session, service.KIND, center, version)
    lines = [Line.model_validate(each) for each in row.content]
    return ScriptVersion(center=center, version=version, note=row.note, lines=lines)


@router.put("/{center}", responses=responses(Refused))
async def publish(center: str, body: ScriptsIn, who: MayEdit, session: Writing, context: ContextDep) -> ScriptsOut:
    """The whole list, in force at once, there and below; agents acknowledge it before they are ready again."""
    lines, now = tuple(body.lines), context.clock()
    done = await service.publish(session, who, center, lines, body.note, body.based_on, now)
    return await _out(session, who, done, list(lines))


@router.post("/acknowledge", responses=responses(Refused))
async def acknowledge(body: Acknowledgement, who: CurrentStaff, session: Writing, context: ContextDep) -> Done:
    """Read and understood."""
    await service.acknowledge(session, who, body.version, context.clock())
    return Done()


async def _out(session: Reading, who: Principal, found: service.Sentences, lines: list[Line]) -> ScriptsOut:
    read = await service.is_read(session, who, found.center_id, found.version)
    return ScriptsOut(center=found.center_id, version=found.version, note=found.note, read=read, lines=lines)
