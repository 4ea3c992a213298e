"""Wallboard, indicators, intervals and their export."""

from datetime import datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime, BeforeValidator

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotSignedIn, responses
from agent_api.planner import service as planner
from agent_api.planner.schemas import StaffingTarget
from agent_api.stats import by_agent, service
from agent_api.stats.export import Cell, as_csv, as_xlsx
from agent_api.stats.intervals import Interval
from agent_api.stats.schemas import AgentFigures, IntervalOut, Kpi, Wallboard
from agent_api.stats.service import Scope
from agent_api.web import ContextDep, CurrentStaff, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1", tags=["stats"], responses=responses(NotSignedIn, Denied, Invalid))

From = Annotated[AwareDatetime | None, Query(alias="from", description="Default: start of the centre's local day")]
To = Annotated[AwareDatetime | None, Query(alias="to", description="Default: now")]
Queue = Annotated[str | None, Query(max_length=40)]
Supervisor = Annotated[Principal, Depends(allowed(Permission.REPORT_ALL))]
Minutes = Annotated[Literal[15, 30, 60, 1440], BeforeValidator(int), Query()]

NATIONAL = "N"
INTERVAL_HEADER = ("开始时间", "来电", "进入队列", "人工接通", "排队放弃", "15秒内接通", "数据不完整")
KPI_HEADER = ("编号", "指标", "数值", "分子", "分母", "单位", "是否达标", "公式", "版本")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def scope_of(who: Principal, queue: str | None) -> Scope:
    """Whoever answers for a centre sees it and those below, others the calls they took themselves."""
    if who.may(Permission.REPORT_ALL) or who.may(Permission.REPORT_CENTER):
        return Scope(queue=queue, centers=None if who.center.level == NATIONAL else who.visible_centers)
    who.require(Permission.REPORT_OWN)
    return Scope(queue=queue, agent_no=who.agent_no)


@router.get("/wallboard")
async def wallboard(who: CurrentStaff, session: Reading, context: ContextDep) -> Wallboard:
    """Queues, agents of one's own centre and below, and today's figures."""
    now, zone, board = context.clock(), context.settings.zone, context.board
    today = service.period(None, None, now, zone)
    queues = [snapshot for _, snapshot in sorted(board.queues.items())]
    return Wallboard(
        queues=queues,
        agents=[
            snapshot
            for agent_no, snapshot in sorted(board.agents.items())
            if agent_no == who.agent_no or snapshot.center_id in who.visible_centers
        ],
        kpis=await service.kpis(session, today, scope_of(who, None), now, zone, board.queues.values()),
        expected=await planner.expected_now(session, queues, StaffingTarget(), now),
        as_of=now,
    )


@router.get("/stats/kpis")
async def read_kpis(
    who: CurrentStaff, session: Reading, context: ContextDep, start: From = None, end: To = None, queue: Queue = None
) -> list[Kpi]:
    """Every indicator with its formula, numerator and denominator."""
    now, zone = context.clock(), context.settings.zone
    when = service.period(start, end, now, zone)
    return await service.kpis(session, when, scope_of(who, queue), now, zone, context.board.queues.values())


@router.get("/stats/intervals")
async def read_intervals(
    who: CurrentStaff,
    session: Reading,
    context: ContextDep,
    start: From = None,
    end: To = None,
    minutes: Minutes = 30,
    queue: Queue = None,
) -> list[IntervalOut]:
    """Traffic by interval; empty intervals are there too."""
    zone = context.settings.zone
    when = service.period(start, end, context.clock(), zone)
    rows = await service.interval_rows(session, when, timedelta(minutes=minutes), scope_of(who, queue), zone)
    return [
        IntervalOut(
            start=row.start,
            offered=row.offered,
            queued=row.queued,
            answered=row.answered,
            abandoned=row.abandoned,
            answered_15s=row.answered_15s,
            incomplete=row.incomplete,
        )
        for row in rows
    ]


@router.get("/stats/agents")
async def read_agents(
    who: Supervisor, session: Reading, context: ContextDep, start: From = None, end: To = None
) -> list[AgentFigures]:
    """Each agent's stints and times; their sums are those of all calls."""
    zone = context.settings.zone
    when = service.period(start, end, context.clock(), zone)
    centers = scope_of(who, None).centers
    return await by_agent.figures(session, when.start, when.end, centers, context.clock())


@router.get("/stats/export.{kind}", response_class=Response, responses={200: {"content": {XLSX: {}, "text/csv": {}}}})
async def export(
    kind: Literal["csv", "xlsx"],
    session: Writing,
    context: ContextDep,
    start: From = None,
    end: To = None,
    minutes: Minutes = 30,
    queue: Queue = None,
    who: Principal = Depends(allowed(Permission.REPORT_EXPORT)),
) -> Response:
    """The same figures as a file: CSV holds the intervals, XLSX a second sheet with the indicators. Audited."""
    now, zone = context.clock(), context.settings.zone
    when, scope = service.period(start, end, now, zone), scope_of(who, queue)
    rows = await service.interval_rows(session, when, timedelta(minutes=minutes), scope, zone)
    table = [_interval_cells(row, zone) for row in rows]
    if kind == "csv":
        content, media = as_csv(INTERVAL_HEADER, table), "text/csv; charset=utf-8"
    else:
        figures = await service.kpis(session, when, scope, now, zone, context.board.queues.values())
        content = as_xlsx({"时段": (INTERVAL_HEADER, table), "指标": (KPI_HEADER, map(_kpi_cells, figures))})
        media = XLSX
    await audit.record(session, who, "report.exported", now, subject="intervals", reason=f"{len(table)} rows, {kind}")
    name = f"intervals-{when.start.astimezone(zone):%Y%m%d}.{kind}"
    return Response(content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _interval_cells(row: Interval, zone: ZoneInfo) -> list[Cell]:
    at: datetime = row.start.astimezone(zone)
    incomplete = "是" if row.incomplete else ""
    return [
        f"{at:%Y-%m-%d %H:%M}",
        row.offered,
        row.queued,
        row.answered,
        row.abandoned,
        row.answered_15s,
        incomplete,
    ]


def _kpi_cells(kpi: Kpi) -> list[Cell]:
    met = "--" if kpi.met is None else "是" if kpi.met else "否"
    return [kpi.id, kpi.title, kpi.value, kpi.numerator, kpi.denominator, kpi.unit, met, kpi.formula, kpi.version]
