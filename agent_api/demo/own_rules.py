"""What Sichuan of the demo rules for itself: stricter limits, a day off of its own, a text that waits for approval."""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.messages.templates import catalogue
from agent_api.messages.texts import rules
from agent_api.messages.texts import service as texts
from agent_api.tickets.calendar import exceptions
from agent_api.tickets.thresholds import service as thresholds

CENTER, LEADER = "sc", "8102"
LIMITS = {"accept": [180, 45, 20], "comment": [90, 60, 60], "warning.info": [40], "warning.yellow": [70]}
TEXT = "ticket.answered"


async def add(session: AsyncSession, today: date, now: datetime) -> None:
    leader = await auth.principal(session, LEADER)
    await thresholds.publish(session, leader, CENTER, LIMITS, "高温季投诉增多，提前预警", 0, now)
    moved = today + timedelta(days=30)
    await exceptions.declare(session, CENTER, moved, works=False, reason="机房搬迁，后台停办一天", who=leader, now=now)
    words = rules.shipped(catalogue()[TEXT])
    words["zh"] = "【{brand}】四川客服：您的工单{ticket_no}已有处理结果，详情请致电{hotline}，或登录自助服务页面查看。"
    await texts.save(session, CENTER, TEXT, words, "加上省名和自助查询方式", leader, now)
