"""Written contacts of the demo: a mail, a fax, a letter, a web form and spam in several states; reply templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.channels import service, templates
from agent_api.channels.answering import Clerk, Draft
from agent_api.channels.arrivals import Arrived, ArrivedFile
from agent_api.channels.files import ContactFiles
from agent_api.channels.filling import House
from agent_api.channels.flow import Fact
from agent_api.channels.models import Interaction
from agent_api.channels.templates import TemplateText
from agent_api.demo.subscribers import mobile_number
from agent_api.errors import Unavailable
from agent_api.messages.pages import PageMaker
from agent_api.messages.settings import MessageSettings
from agent_api.tickets import service as tickets
from agent_api.tickets.files import Kind
from agent_api.tickets.words import Channel, TicketType

CLERK, LEADER = "8301", "8101"
TEMPLATES = {
    "reply.working": TemplateText(
        "正在处理",
        "关于{ticket_no}",
        "尊敬的{customer}：\n您反映的{kind}（{ticket_no}）由{center}处理，我们会尽快答复您。",
    ),
    "reply.result": TemplateText(
        "处理结果",
        "关于{ticket_no}的答复",
        "尊敬的{customer}：\n您反映的{kind}（{ticket_no}）已有结果：{result}\n感谢您的监督。",
        TicketType.COMPLAINT.value,
    ),
    "reply.thanks": TemplateText(
        "建议致谢",
        "感谢您的建议",
        "尊敬的{customer}：\n感谢您的宝贵建议，我们已转相关部门研究。",
        TicketType.SUGGESTION.value,
    ),
}
FAX_TEXT = "致客服中心：\n\n我单位 9 月起宽带多次中断，附维修记录，请尽快核实并减免费用。\n\n联系电话 02588880001"


@dataclass(frozen=True, slots=True)
class Case:
    arrived: Arrived
    facts: tuple[Fact, ...] = ()
    follows: bool = False
    """Belongs to a ticket of the demo."""
    reply: str = ""


def cases(now: datetime) -> Sequence[Case]:
    """The latest last."""
    return (
        Case(
            Arrived(
                Channel.EMAIL, "demo:spam", now - timedelta(hours=30), "win@lottery.example", name="中奖通知",
                subject="恭喜您中奖", body="点击领取", kind=TicketType.CONSULT, note="marked by the mail server",
            ),
            (Fact.JUDGED_SPAM,),
        ),
        Case(
            Arrived(
                Channel.LETTER, "demo:letter", now - timedelta(hours=26), "江苏省南京市鼓楼区中山路1号",
                mobile_number(25), "钱伟",
                subject="关于增值业务扣费的来信", body="来信称未订购彩铃业务却被扣费，要求退费。",
                customer_id="C000025", kind=TicketType.COMPLAINT,
            ),
            (Fact.ASSIGNED, Fact.TAKEN_UP),
            follows=True,
            reply="经核实为系统误开通，已退还全部费用，并已关闭该业务。",
        ),
        Case(
            Arrived(
                Channel.EMAIL, "demo:mail", now - timedelta(hours=5), "sun@mail.example", mobile_number(26),
                subject="投诉：套餐外流量费用",
                body="您好，\n10月账单出现套餐外流量费38元，我没有收到提醒短信，请核实。",
                customer_id="C000026", kind=TicketType.COMPLAINT,
            ),
            (Fact.ASSIGNED, Fact.TAKEN_UP),
            follows=True,
        ),
        Case(
            Arrived(
                Channel.WEB, "demo:web", now - timedelta(hours=3), mobile_number(27), mobile_number(27),
                subject="小区信号差", body="家里客厅没有信号，已持续一周。",
                customer_id="C000027", kind=TicketType.COMPLAINT,
            ),
            follows=True,
        ),
        Case(Arrived(Channel.FAX, "demo:fax", now - timedelta(hours=1), "02588880001", subject="传真 1 页")),
    )  # fmt: skip


async def add(session: AsyncSession, now: datetime, zone: ZoneInfo, attachments: Path | None) -> None:
    """Files only where there is a folder for them. Nobody is sent anything."""
    clerk, leader = await auth.principal(session, CLERK), await auth.principal(session, LEADER)
    for template_id, text in TEMPLATES.items():
        saved = await templates.save(session, template_id, text, clerk, now)
        await templates.publish(session, template_id, saved.version, leader, now)
    numbers = [row.ticket_no for row in await tickets.all_of_type(session, TicketType.COMPLAINT, limit=3)]
    for case in cases(now):
        row = await service.receive(session, case.arrived, now, zone)
        row.center_id = clerk.center.center_id
        if case.arrived.channel is Channel.FAX and attachments is not None:
            _pages(session, row, attachments, now)
        if case.follows and numbers:
            row.ticket_no = numbers.pop()
            await service.advance(session, row, Fact.REGISTERED, CLERK, now, row.ticket_no)
        for fact in case.facts if row.ticket_no or not case.follows else ():
            await service.advance(session, row, fact, CLERK, now)
            row.assigned_to = CLERK if fact is Fact.ASSIGNED else row.assigned_to
        if case.reply and row.ticket_no:
            words = MessageSettings()
            await Clerk(House(words.brand, words.hotline, zone)).draft(session, row, Draft(text=case.reply), clerk, now)


def _pages(session: AsyncSession, row: Interaction, folder: Path, now: datetime) -> None:
    try:
        page = PageMaker(MessageSettings().fonts).of_text("投诉函", FAX_TEXT)
    except Unavailable:
        return  # no Chinese font on this machine
    file = ArrivedFile(Kind.FAX, "fax.tif", "image/tiff", page, 1)
    ContactFiles(folder / "contacts", 1).keep(session, row, (file,), now)
