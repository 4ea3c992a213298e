"""Visits over HTTP: the worklist, the next one, its number, its result; plans; figures and the list as a file."""

from datetime import datetime
from typing import Annotated, Any, Literal

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import AwareDatetime
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.masking import mask_number
from agent_api.table_files import FILE, TableKind, download
from agent_api.visits import figures, plans, repository, service
from agent_api.visits.flow import OPEN, State
from agent_api.visits.models import Visit
from agent_api.visits.repository import Wanted
from agent_api.visits.rules import rules
from agent_api.visits.schemas import (
    VisitAttemptOut,
    VisitCancel,
    VisitDetail,
    VisitFigureOut,
    VisitNumberOut,
    VisitOut,
    VisitPage,
    VisitPlanAdded,
    VisitPlanIn,
    VisitPlanOut,
    VisitResult,
    VisitRuleOut,
)
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1", tags=["visits"], responses=responses(NotSignedIn, Denied, Invalid))

MayWork = Annotated[Principal, Depends(allowed(Permission.VISIT_WORK))]
MayPlan = Annotated[Principal, Depends(allowed(Permission.VISIT_PLAN))]
MayExport = Annotated[Principal, Depends(allowed(Permission.TICKET_EXPORT))]
VisitNo = Annotated[str, Path(pattern=r"^HF[0-9A-Z]{1,18}$")]
Text = Annotated[str, Query(max_length=60)]
MOST = 10_000


@router.get("/visits")
async def list_visits(
    who: MayWork,
    session: Reading,
    context: ContextDep,
    state: Annotated[Literal["open", "due", "done", "cancelled", ""], Query()] = "open",
    rule_id: Text = "",
    result: Text = "",
    customer_id: Text = "",
    subject_no: Text = "",
    plan_id: Text = "",
    mine: bool = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> VisitPage:
    """Of one's own centre and those below. `due`: what may be called at this moment."""
    wanted = Wanted(
        centers=service.scope(who),
        states=_states(state),
        results=[result] if result else [],
        rule_id=rule_id,
        agent_no=who.agent_no if mine else None,
        subject_no=subject_no,
        plan_id=plan_id,
        customer_id=customer_id,
        due_now=context.clock() if state == "due" else None,
    )
    rows, total = await repository.page(session, wanted, limit, offset)
    return VisitPage(items=[_out(row) for row in rows], total=total)


def _states(state: str) -> list[str]:
    found = {"open": [each.value for each in OPEN], "done": [State.DONE.value], "cancelled": [State.CANCELLED.value]}
    return found.get(state, [])


@router.get("/visits/rules")
async def read_rules(_who: MayWork) -> list[VisitRuleOut]:
    return [
        VisitRuleOut(
            id=each.id,
            title=each.title,
            subject=each.subject.value,
            when=each.when.value,
            share=each.share,
            hours=int(each.within.total_seconds() // 3600),
            questions=list(each.questions),
            dissatisfied=each.dissatisfied.value,
        )
        for each in rules().values()
    ]


@router.get("/visits/figures")
async def read_figures(
    who: MayWork, session: Reading, start: AwareDatetime, end: AwareDatetime
) -> list[VisitFigureOut]:
    """By rule and centre, of what was planned in this time."""
    rows = await repository.counted(session, Wanted(centers=service.scope(who), since=start, until=end))
    names = ("planned", "done", "reached", "overdue", "done_share", "satisfied_share", "rule_id", "center_id")
    return [
        VisitFigureOut.model_validate(
            {name: getattr(each, name) for name in names}
            | {name: each.results[name] for name in ("satisfied", "neutral", "dissatisfied", "refused", "unreached")}
            | {"open": each.planned - each.done, "rule_title": rules()[each.rule_id].title}
        )
        for each in figures.figures(rows)
    ]


@router.get("/visits/export", response_class=Response, responses=FILE)
async def export_visits(
    who: MayExport,
    context: ContextDep,
    start: AwareDatetime,
    end: AwareDatetime,
    kind: TableKind = "xlsx",
) -> Response:
    """Planned in this time, at most 10,000; numbers masked. Audited."""
    now = context.clock()
    async with context.db.read() as session:
        wanted = Wanted(centers=service.scope(who), since=start, until=end)
        rows, _ = await repository.page(session, wanted, MOST, 0)
    content = await to_thread.run_sync(figures.file_of, kind, rows, context.settings.zone)
    async with context.db.write() as session:
        await audit.record(session, who, "visit.exported", now, subject="list", reason=f"{kind}, {len(rows)} rows")
    return download(content, kind, "visits", now.astimezone(context.settings.zone))


@router.post("/visits/next", responses=responses(Refused))
async def take_next(who: MayWork, session: Writing, context: ContextDep) -> VisitDetail | None:
    """The most pressing one that may be called now; null when nothing waits."""
    row = await service.take(session, who, context.clock())
    return await _detail(session, row) if row else None


@router.get("/visits/{visit_no}", responses=responses(NotFound))
async def read_visit(visit_no: VisitNo, who: MayWork, session: Reading) -> VisitDetail:
    return await _detail(session, await service.get(session, visit_no, who))


@router.post("/visits/{visit_no}/take", responses=responses(NotFound, Refused))
async def take_visit(visit_no: VisitNo, who: MayWork, session: Writing, context: ContextDep) -> VisitDetail:
    row = await service.take(session, who, context.clock(), visit_no)
    return await _detail(session, row or await service.get(session, visit_no, who))


@router.post("/visits/{visit_no}/give-back", responses=responses(NotFound))
async def give_back(visit_no: VisitNo, who: MayWork, session: Writing) -> VisitDetail:
    return await _detail(session, await service.give_back(session, visit_no, who))


@router.post("/visits/{visit_no}/call", responses=responses(NotFound, Refused))
async def call_customer(visit_no: VisitNo, who: MayWork, session: Writing, context: ContextDep) -> VisitNumberOut:
    """The number, for the desk's telephone to dial. Audited."""
    return VisitNumberOut(number=await service.number_to_call(session, visit_no, who, context.clock()))


@router.post("/visits/{visit_no}/result", responses=responses(NotFound, Refused))
async def record_result(
    visit_no: VisitNo, body: VisitResult, who: MayWork, session: Writing, context: ContextDep
) -> VisitDetail:
    """One attempt. A dissatisfied customer's ticket goes back, is reopened, or a complaint is opened."""
    told = service.Result(body.outcome, body.comment, body.answers, body.next_at)
    row = await service.record(session, visit_no, told, who, context.clock(), context.settings.zone)
    return await _detail(session, row)


@router.post("/visits/{visit_no}/cancel", responses=responses(NotFound, Refused))
async def cancel_visit(
    visit_no: VisitNo, body: VisitCancel, who: MayPlan, session: Writing, context: ContextDep
) -> VisitDetail:
    return await _detail(session, await service.cancel(session, visit_no, body.reason, who, context.clock()))


@router.get("/visit-plans")
async def list_plans(who: MayPlan, session: Reading) -> list[VisitPlanOut]:
    rows = await repository.plans(session, who.visible_centers, 100)
    return [VisitPlanOut.model_validate(row, from_attributes=True) for row in rows]


@router.post("/visit-plans", status_code=201)
async def add_plan(body: VisitPlanIn, who: MayPlan, session: Writing, context: ContextDep) -> VisitPlanAdded:
    """One visit a customer of the list; who refused such calls is left out."""
    now: datetime = context.clock()
    plan, visits = await plans.add(
        session, body.title, body.rule_id, body.customer_ids, body.due_at, who, now, context.settings.zone
    )
    shown = VisitPlanOut.model_validate(plan, from_attributes=True)
    return VisitPlanAdded(**shown.model_dump(), visits=visits)


def _fields(row: Visit) -> dict[str, Any]:
    shown = {name: getattr(row, name) for name in VisitOut.model_fields if hasattr(row, name)}
    return shown | {"rule_title": rules()[row.rule_id].title, "contact_masked": mask_number(row.contact_number)}


def _out(row: Visit) -> VisitOut:
    return VisitOut.model_validate(_fields(row))


async def _detail(session: AsyncSession, row: Visit) -> VisitDetail:
    history = (await repository.attempts(session, [row.visit_no]))[row.visit_no]
    shown = [VisitAttemptOut.model_validate(each, from_attributes=True) for each in history]
    return VisitDetail.model_validate(
        _fields(row) | {"history": shown, "questions": list(rules()[row.rule_id].questions)}
    )
