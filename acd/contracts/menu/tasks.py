"""The catalogue of self-service a tree can name: what each piece needs and how it may end. Data only.

`ivr/flows` implements every entry (a contract test compares the two); the desk's editor offers them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

PRODUCTS = ("mobile", "ip", "internet", "long_distance", "paging", "local")
DONE, BACK, MAIN, AGENT, FAILED, SILENT, END = "done", "back", "main", "agent", "failed", "silent", "end"
EVERY = (DONE, BACK, MAIN, AGENT, FAILED, SILENT, END)
"""Ways any task may end: done; the caller pressed * / 8 / 0; three failures; silence; served and wants nothing more."""


@dataclass(frozen=True, slots=True)
class TaskSpec:
    title: str
    title_en: str
    level: int = 0
    """Identity level needed (requirements.md 4.4.1, 4.4.3)."""
    settings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name of a setting to its allowed values; an empty tuple allows any text."""
    outcomes: tuple[str, ...] = ()
    """Besides EVERY."""
    zero_calls_agent: bool = True
    """False: `0` is a digit here, not the way to an agent (password entry)."""


_PRODUCT = MappingProxyType({"product": PRODUCTS})
_MOBILE = MappingProxyType({"product": ("mobile",)})

SERVICES = (
    "suspend_keep", "resume", "change_plan", "add_service", "remove_service", "call_forwarding",
    "roaming_on", "roaming_off", "idd_on", "idd_off", "install", "move", "repair",
    "renew", "recharge", "change_pin",
)  # fmt: skip

TASKS: Mapping[str, TaskSpec] = MappingProxyType(
    {
        "bill.balance": TaskSpec("查询余额", "Balance", 1, _PRODUCT),
        "bill.month": TaskSpec("当月话费", "This month's charges", 2, _PRODUCT),
        "bill.history": TaskSpec("历史账单", "Bills of past months", 2, _PRODUCT),
        "bill.package": TaskSpec("套餐余量", "Rest of the package", 1, _MOBILE),
        "bill.payments": TaskSpec("缴费记录", "Payments", 2, _PRODUCT),
        "bill.list": TaskSpec("索取清单", "Itemised list", 3, _PRODUCT),
        "topup": TaskSpec("充值缴费", "Top up", 0, _MOBILE),
        "article": TaskSpec("业务介绍", "Information", 0, MappingProxyType({"topic": ()})),
        "order": TaskSpec("业务办理", "Service order", 2, MappingProxyType({"product": PRODUCTS, "service": SERVICES})),
        "order.progress": TaskSpec("办理进度", "Progress of an order"),
        "fault": TaskSpec(
            "障碍申告",
            "Fault report",
            0,
            MappingProxyType({"fault": ("no_service", "internet", "signal", "other")}),
        ),
        "message": TaskSpec(
            "语音留言",
            "Voice message",
            0,
            MappingProxyType({"about": ("complaint", "suggestion", "praise", "general")}),
        ),
        "ticket.progress": TaskSpec("工单进度", "Progress of a ticket"),
        "emergency.suspend": TaskSpec("紧急停机", "Emergency stop"),
        "emergency.release": TaskSpec("解除挂失", "Release a loss report", 3),
        "emergency.restore": TaskSpec("紧急复机", "Emergency restore", 2),
        "emergency.report": TaskSpec("涉诈骚扰举报", "Report fraud or harassment"),
        "password.change": TaskSpec("修改密码", "Change the password", 2, zero_calls_agent=False),
        "password.reset": TaskSpec("重置密码", "Reset the password", 0, zero_calls_agent=False),
        "password.reminder": TaskSpec("话费提醒", "Charge reminder", 2),
        "points": TaskSpec("积分查询", "Points", 1, _MOBILE),
        "invoice": TaskSpec("电子发票", "E-invoice", 2, _MOBILE),
        "dealer.sign_in": TaskSpec("分销商登录", "Dealer sign-in", zero_calls_agent=False),
        "dealer.activation": TaskSpec("激活查询", "Card activation"),
        "dealer.commission": TaskSpec("佣金查询", "Commission"),
        "dealer.orders": TaskSpec("订单状态", "Dealer's orders"),
        "dealer.notices": TaskSpec("政策公告", "Notices"),
        "faxback": TaskSpec("传真索取", "Fax-back", 0, MappingProxyType({"document": ()})),
        "open_ticket": TaskSpec("在办工单", "Your open ticket"),
        "suspended.notice": TaskSpec("停机告知", "Suspension notice", 1),
    }
)
