"""The workflow monitor over HTTP: board, drill-down, history. Scoped to one's centre and those below."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, NotSignedIn, responses
from agent_api.monitor import export, rules, service
from agent_api.monitor.rules import Colour, Work, colour_of
from agent_api.monitor.schemas import (
    BoardOut,
    BottleneckOut,
    CellOut,
    DayOut,
    ForecastOut,
    OwnerOut,
    WorkOut,
    WorkPage,
)
from agent_api.monitor.titles import state_title, type_title
from agent_api.table_files import FILE, TableKind, content_of, download
from agent_api.web import ContextDep, Reading, allowed

router = APIRouter(prefix="/api/v1/monitor", tags=["workflow monitor"], responses=responses(NotSignedIn, Denied))

MayRead = Annotated[Principal, Depends(allowed(Permission.WORK_READ))]
MayExport = Annotated[Principal, Depends(allowed(Permission.TICKET_EXPORT))]
FileKind = Annotated[TableKind, Query(alias="format")]


@router.get("")
async def read_board(
    who: MayRead,
    session: Reading,
    context: ContextDep,
    kind: Literal["", "ticket", "order", "visit", "contact", "missed"] = "",
    work_type: Annotated[str, Query(alias="type", max_length=20)] = "",
) -> BoardOut:
    """Where all unfinished work stands, what is stuck, and what will be late."""
    now = context.clock()
    everything = await service.works(session, who, now)
    works = service.chosen(everything, service.Wanted(kind, work_type), now)
    hours = await service.working_hours(session, who)
    pace = await service.finished_last_week(session, who, now)
    return BoardOut(
        at=now,
        total=len(works),
        colours=_counted(works, now),
        cells=[
            CellOut(stage=each.stage, unit=each.unit, colours=_plain(each.colours)) for each in rules.cells(works, now)
        ],
        owners=await _owners(session, works, now),
        kinds=dict(Counter(work.kind for work in everything)),
        types=dict(Counter(work.type for work in everything)),
        bottlenecks=[
            _bottleneck(each) for each in rules.bottlenecks(works, await service.moves(session, who, now), now)
        ],
        forecast=[
            ForecastOut(hours=each.hours, due=each.due, expected_late=each.expected_late)
            for each in rules.forecast(works, pace, now, hours.between)
        ],
    )


def _wanted(
    kind: Literal["", "ticket", "order", "visit", "contact", "missed"] = "",
    work_type: Annotated[str, Query(alias="type", max_length=20)] = "",
    stage: Annotated[str, Query(max_length=20)] = "",
    unit: Annotated[str, Query(max_length=20)] = "",
    owner: Annotated[str | None, Query(max_length=16, description="Empty: nobody has taken it")] = None,
    colour: Colour | None = None,
    due_within: Annotated[int, Query(ge=0, le=168, description="Hours")] = 0,
) -> service.Wanted:
    return service.Wanted(kind, work_type, stage, unit, owner, colour, due_within)


Chosen = Annotated[service.Wanted, Depends(_wanted)]


@router.get("/items")
async def list_work(
    who: MayRead,
    session: Reading,
    context: ContextDep,
    wanted: Chosen,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> WorkPage:
    """What is behind a figure of the board, most urgent first."""
    now = context.clock()
    found = service.chosen(await service.works(session, who, now), wanted, now)
    return WorkPage(items=[_work(each, now) for each in found[:limit]], total=len(found))


@router.get("/export", response_class=Response, responses=FILE)
async def export_work(who: MayExport, context: ContextDep, wanted: Chosen, kind_of_file: FileKind = "xlsx") -> Response:
    """The same as a file, at most 10,000 pieces of work. Audited."""
    now, zone = context.clock(), context.settings.zone
    async with context.db.read() as session:
        found = service.chosen(await service.works(session, who, now), wanted, now)[: export.MOST]
    content = await to_thread.run_sync(
        content_of, kind_of_file, export.TITLE, export.HEADER, export.rows(found, now, zone)
    )
    async with context.db.write() as session:
        reason = f"{kind_of_file}, {len(found)} rows"
        await audit.record(session, who, "work.exported", now, subject="list", reason=reason)
    return download(content, kind_of_file, "work", now.astimezone(zone))


@router.get("/history")
async def read_history(
    who: MayRead, session: Reading, context: ContextDep, days: Annotated[int, Query(ge=1, le=90)] = 14
) -> list[DayOut]:
    """Tickets of the last days: opened, closed, what was left open and late at the end of each."""
    now, zone = context.clock(), context.settings.zone
    lives = await service.lives(session, who, now - timedelta(days=days + 1))
    return [DayOut.model_validate(_fields(each)) for each in rules.history(lives, context.today, days, zone, now)]


async def _owners(session: AsyncSession, works: list[Work], now: datetime) -> list[OwnerOut]:
    names = {each.agent_no: each.name for each in await auth.all_staff(session)}
    return [
        OwnerOut(unit=unit, owner=owner, name=names.get(owner, ""), colours=_plain(colours))
        for unit, owner, colours in rules.owners(works, now)
    ]


def _counted(works: list[Work], now: datetime) -> dict[str, int]:
    return _plain(Counter(colour_of(work, now) for work in works))


def _plain(found: Mapping[Colour, int]) -> dict[str, int]:
    return {colour.value: found.get(colour, 0) for colour in Colour}


def _bottleneck(each: rules.Bottleneck) -> BottleneckOut:
    return BottleneckOut(
        stage=each.stage,
        count=each.count,
        red=each.red,
        oldest_seconds=int(each.oldest.total_seconds()),
        typical_seconds=int(each.typical.total_seconds()),
        growth=each.growth,
        score=each.score,
    )


def _work(each: Work, now: datetime) -> WorkOut:
    words = {
        "colour": colour_of(each, now).value,
        "type_title": type_title(each),
        "state_title": state_title(each),
    }
    return WorkOut.model_validate({**_fields(each), **words})


def _fields(row: Work | rules.Day) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__slots__}
