"""The demo's back office: complaints in every state, late ones, orders of supervision, an incident, visits, money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.compensations import service as compensations
from agent_api.compensations.rules import Basis
from agent_api.customers import service as customers
from agent_api.demo.subscribers import mobile_number
from agent_api.emergency import service as emergencies
from agent_api.tickets import service as tickets
from agent_api.tickets import supervision
from agent_api.tickets.supervision_flow import OrderAct
from agent_api.tickets.words import Act, Level, TicketType
from agent_api.visits import plans
from agent_api.visits import service as visits
from agent_api.visits.flow import Outcome
from agent_api.visits.rules import Subject, rules
from agent_api.worklists import mentions
from agent_api.worklists import service as worklists
from agent_api.worklists.schemas import TicketsWanted, ViewIn

TAKER, HANDLER, LEADER, CITY, CITY_LEADER = "8001", "8301", "8101", "8302", "8303"
FIRST_CUSTOMER = 105
REPLY = {"result": "经核实计费系统重复扣费,已退回", "duty_reason": "计费差错", "contacted": "yes"}
A = Act
Step = tuple[str, Act, Mapping[str, str]]
DISPATCHED: tuple[Step, ...] = (
    (HANDLER, A.TO_DISPATCH, {}),
    (HANDLER, A.ASSIGN, {"target": "js-nj", "leader": CITY_LEADER}),
)
PROCESSING: tuple[Step, ...] = (*DISPATCHED, (CITY, A.ACCEPT, {}))
REPLIED: tuple[Step, ...] = (*PROCESSING, (CITY, A.REPLY, REPLY))
AUDITED: tuple[Step, ...] = (*REPLIED, (HANDLER, A.OPEN_REPLY, {}))


@dataclass(frozen=True, slots=True)
class Case:
    title: str
    steps: tuple[Step, ...] = ()
    hours_ago: int = 6
    level: Level = Level.NORMAL
    draft: bool = False
    comment: str = "演示数据"
    kind: TicketType = TicketType.COMPLAINT
    category: str = "T.CHARGE.2"
    area: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


def cases(now: datetime) -> Mapping[str, Case]:
    """One for each state of the complaint machine, by the state's name, and some that are late."""
    later = (now + timedelta(days=3)).isoformat()
    return {
        "DRAFT": Case("营业厅服务态度(待提交)", draft=True),
        "REJECTED": Case("非本公司号码骚扰", ((HANDLER, A.REFUSE, {}),), draft=True),
        "ACCEPTED": Case("短信未收到验证码"),
        "AUDITING": Case("流量清零规则有异议", DISPATCHED[:1]),
        "DISPATCHED": Case("宽带测速不达标", DISPATCHED),
        "RETURNED": Case("携号转网被拒", (*DISPATCHED, (CITY, A.RETURN, {"reason": "WRONG_UNIT"})), 3),
        "PROCESSING": Case("家庭套餐副卡被限速", PROCESSING),
        "INFO_REQUIRED": Case("国际漫游多收费", (*PROCESSING, (CITY, A.NEED_INFO, {}))),
        "SUSPENDED": Case("基站建设受阻,信号弱", (*PROCESSING, (CITY_LEADER, A.SUSPEND, {"until": later}))),
        "REPLIED": Case("积分兑换未到账", REPLIED),
        "RESULT_AUDIT": Case("合约机返还话费少发", AUDITED),
        "REPROCESSING": Case("携入号码无法收短信", (*AUDITED, (HANDLER, A.AUDIT_FAIL, {}))),
        "CALLBACK": Case("重复扣取来电显示费", (*AUDITED, (HANDLER, A.AUDIT_OK, {}))),
        "CLOSED": Case("停机保号误收月租", (*AUDITED, (HANDLER, A.AUDIT_OK, {}), (HANDLER, A.SATISFIED, {}))),
        "ARCHIVED": Case(
            "预存话费未赠送",
            (*AUDITED, (HANDLER, A.AUDIT_OK, {}), (HANDLER, A.SATISFIED, {}), (HANDLER, A.ARCHIVE, {})),
            30,
        ),
        "REOPENED": Case("账单日变更未生效", ((HANDLER, A.SOLVE_ONLINE, {"consent": "yes"}), (HANDLER, A.REOPEN, {}))),
        "CANCELLED": Case("套餐变更申请撤回", ((HANDLER, A.WITHDRAW, {}),)),
        "LATE": Case(
            "多次断网未修复,要求赔偿", (*PROCESSING, (HANDLER, A.URGE, {}), (LEADER, A.URGE, {})), 60, Level.URGENT
        ),
        "MAJOR": Case(
            "小区全网中断,媒体来电",
            (*PROCESSING, (CITY, A.ADD_SUBTASK, {"subtask": "网络部"}), (CITY, A.ADD_SUBTASK, {"subtask": "市场部"}),
             (CITY, A.DAILY_REPORT, {}), (LEADER, A.SUPERVISE, {})),
            22, Level.MAJOR, comment="已派光缆抢修队,预计今晚恢复,请 @8303 协调",
        ),
    }  # fmt: skip


async def write_down(session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
    numbers = {}
    for place, (name, case) in enumerate(cases(now).items()):
        numbers[name] = await _ticket(session, case, FIRST_CUSTOMER + place, now, zone)
    await _incident(session, now, zone)
    await _supervised(session, numbers["MAJOR"], now)
    await _views(session, now)
    await _visits(session, numbers["CALLBACK"], now, zone)
    await _emergency(session, now, zone)
    await _compensation(session, numbers["LATE"], now)


async def _ticket(session: AsyncSession, case: Case, customer: int, now: datetime, zone: ZoneInfo) -> str:
    at = now - timedelta(hours=case.hours_ago)
    new = tickets.NewTicket(
        type=case.kind,
        title=case.title,
        description=f"{case.title}(演示数据)",
        category=case.category,
        level=case.level,
        customer_id=f"C{customer:06d}",
        draft=case.draft,
        details=case.details,
        area=case.area,
    )
    number = (await tickets.create(session, new, await auth.principal(session, TAKER), at, zone)).row.ticket_no
    step = timedelta(hours=case.hours_ago) / (len(case.steps) + 2)
    for actor_no, act, data in case.steps:
        at += step
        actor = await auth.principal(session, actor_no)
        words = case.comment if act is Act.DAILY_REPORT else "演示数据"
        done = await tickets.act(session, number, act, actor, at, words, dict(data))
        await mentions.note(session, done.timeline[-1])
    return number


async def _incident(session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
    """A mass fault and its cases."""
    fault = Case("鼓楼区光缆中断", ((HANDLER, A.PRE_CHECK, {"line_test": "局端光路中断"}),), 5,
                 kind=TicketType.FAULT, category="F.BROADBAND.1")  # fmt: skip
    parent = await _ticket(session, fault, 130, now, zone)
    for place in range(131, 134):
        joined = Case("宽带无法上网", ((HANDLER, A.JOIN, {"parent": parent}),), 4, kind=TicketType.FAULT,
                      category="F.BROADBAND.1")  # fmt: skip
        await _ticket(session, joined, place, now, zone)


async def _supervised(session: AsyncSession, ticket_no: str, now: datetime) -> None:
    leader = await auth.principal(session, CITY_LEADER)
    (order,) = await supervision.listed(session, await auth.principal(session, LEADER), None, ticket_no, 1)
    await supervision.act(session, order.order_id, OrderAct.SIGN, "", leader, now - timedelta(hours=1))
    await supervision.act(session, order.order_id, OrderAct.REPORT, "抢修队已到场", leader, now - timedelta(minutes=30))


async def _views(session: AsyncSession, now: datetime) -> None:
    """One of everybody's, one of a handler's own."""
    lead, handler = await auth.principal(session, LEADER), await auth.principal(session, HANDLER)
    columns: list[str] = ["ticket_no", "title", "state", "level", "owner", "due_at"]
    late = ViewIn.model_validate(
        {"title": "已超时", "shared": True, "wanted": TicketsWanted(overdue=True).model_dump(), "columns": columns}
    )
    mine = ViewIn.model_validate(
        {"title": "待我审核", "wanted": {"states": ["REPLIED", "RESULT_AUDIT"]}, "columns": columns}
    )
    await worklists.save_view(session, lead, None, late, now)
    await worklists.save_view(session, handler, None, mine, now)


async def _visits(session: AsyncSession, asked: str, now: datetime, zone: ZoneInfo) -> None:
    """A plan half done: satisfied, nobody there, another time; and a complaint that waits for its customer's word."""
    lead, agent = await auth.principal(session, LEADER), await auth.principal(session, TAKER)
    listed = [f"C{place:06d}" for place in range(140, 147)]
    earlier = now - timedelta(hours=3)
    plan, _ = await plans.add(
        session, "十一月新入网回访", "new-customer", listed, now + timedelta(days=5), lead, earlier, zone
    )
    results: Sequence[visits.Result] = (
        visits.Result(Outcome.SATISFIED, "用户满意", {"入网业务是否与承诺一致": "一致"}),
        visits.Result(Outcome.NO_ANSWER),
        visits.Result(Outcome.LATER, "约定明天上午", next_at=now + timedelta(hours=20)),
        visits.Result(Outcome.NEUTRAL, "希望资费更清楚"),
    )
    for told in results:
        row = await visits.take(session, agent, earlier)
        if row is not None and row.plan_id == plan.plan_id:
            await visits.record(session, row.visit_no, told, agent, now - timedelta(hours=2), zone)
    case = await tickets.case(session, asked)
    matter = visits.Matter(Subject.TICKET, asked, case.row.title, case.row.center_id, case.row.contact_number,
                           case.row.customer_id, 1, case.row.created_by)  # fmt: skip
    await visits.plan(session, rules()["ticket-callback"], matter, now - timedelta(hours=1), zone)


async def _emergency(session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
    """A line that was stopped yesterday and waits for its review."""
    line = await customers.find_line(session, mobile_number(150))
    if line is not None and line.product.suspended_for is None:
        await emergencies.stop(session, mobile_number(150), "demo-stop", "password", now - timedelta(hours=20), zone)


async def _compensation(session: AsyncSession, ticket_no: str, now: datetime) -> None:
    case = await tickets.case(session, ticket_no)
    handler = await auth.principal(session, HANDLER)
    reason = "多次断网,按承诺补偿"
    await compensations.propose(session, case, Basis.GOODWILL, 0, Decimal("30.00"), reason, handler, now)
