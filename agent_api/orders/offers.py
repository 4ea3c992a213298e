"""What may be ordered for which line, what it costs, and for whom it is possible. Pure; prices are yuan."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from agent_api.customers.rules import ProductType

Verdict: TypeAlias = Literal["ok", "arrears", "not_eligible"]
FORWARD_NUMBER = re.compile(r"[0-9]{0,20}")
"""Empty turns forwarding off."""

RENEWAL = timedelta(days=30)


class Work(StrEnum):
    """Who does it."""

    MACHINE = "machine"
    VISIT = "visit"  # people, on a day the customer chose
    SECRET = "secret"  # done while the customer waits: the choice is a PIN or a card that must not be kept


@dataclass(frozen=True, slots=True)
class Offer:
    title: str
    title_en: str
    fee: Decimal = Decimal(0)
    fees: Mapping[str, Decimal] = field(default_factory=dict)
    """Fee by choice, where it differs."""
    choices: Mapping[str, str] | None = None
    """Choice to its name; None: there is nothing to choose."""
    work: Work = Work.MACHINE
    despite_arrears: bool = False

    def fee_of(self, choice: str | None) -> Decimal:
        return self.fees.get(choice or "", self.fee)

    def charged_on(self, choice: str | None, promised_for: date | None, today: date) -> date:
        """A monthly fee falls due with its first day, any other when the work is done."""
        return promised_for if promised_for and self.fees.get(choice or "") else today


PLANS = {"plan_59": "畅享59元套餐", "plan_99": "畅享99元套餐", "plan_199": "尊享199元套餐"}
BROADBAND = {"broadband_300": "宽带300M包月", "broadband_1000": "宽带1000M包月"}
EXTRAS = {"caller_id": "来电显示", "ring_back": "彩铃", "voicemail": "语音信箱"}
SWITCHES = {"roaming": "国际漫游", "idd": "国际长途"}
"""Services that have orders of their own to turn them on and off."""

_KEEP = Offer("停机保号", "Suspend and keep the number")
_RESUME = Offer("复机", "Resume service", despite_arrears=True)
_FORWARD = Offer("呼叫转移", "Call forwarding")
_IDD_ON = Offer("开通国际长途", "International calls on")
_IDD_OFF = Offer("关闭国际长途", "International calls off")
_REPAIR = Offer("报修预约", "Repair visit", work=Work.VISIT, despite_arrears=True)
P = ProductType

OFFERS: dict[tuple[ProductType, str], Offer] = {
    (P.MOBILE, "suspend_keep"): _KEEP,
    (P.MOBILE, "resume"): _RESUME,
    (P.MOBILE, "change_plan"): Offer("套餐变更", "Change of plan", choices=PLANS),
    (P.MOBILE, "add_service"): Offer(
        "增值业务开通",
        "Added service on",
        fees={"caller_id": Decimal(6), "ring_back": Decimal(5), "voicemail": Decimal(3)},
        choices=EXTRAS,
    ),
    (P.MOBILE, "remove_service"): Offer("增值业务取消", "Added service off", choices=EXTRAS),
    (P.MOBILE, "call_forwarding"): _FORWARD,
    (P.MOBILE, "roaming_on"): Offer("开通国际漫游", "International roaming on"),
    (P.MOBILE, "roaming_off"): Offer("关闭国际漫游", "International roaming off"),
    (P.MOBILE, "idd_on"): _IDD_ON,
    (P.MOBILE, "idd_off"): _IDD_OFF,
    (P.IP, "recharge"): Offer("IP卡充值", "Top-up of an IP card", work=Work.SECRET, despite_arrears=True),
    (P.IP, "change_pin"): Offer("修改卡密码", "New PIN of an IP card", work=Work.SECRET),
    (P.INTERNET, "change_plan"): Offer("变更宽带套餐", "Change of broadband plan", choices=BROADBAND),
    (P.INTERNET, "suspend_keep"): Offer("宽带报停", "Suspend broadband"),
    (P.INTERNET, "resume"): Offer("宽带复机", "Resume broadband", despite_arrears=True),
    (P.INTERNET, "repair"): _REPAIR,
    (P.LONG_DISTANCE, "idd_on"): _IDD_ON,
    (P.LONG_DISTANCE, "idd_off"): _IDD_OFF,
    (P.PAGING, "renew"): Offer("寻呼续费", "Renewal of a pager", Decimal(15), despite_arrears=True),
    (P.PAGING, "suspend_keep"): Offer("寻呼停机", "Suspend a pager"),
    (P.LOCAL, "install"): Offer("装机预约", "Installation", Decimal(108), work=Work.VISIT),
    (P.LOCAL, "move"): Offer("移机预约", "Move of a line", Decimal(58), work=Work.VISIT),
    (P.LOCAL, "repair"): _REPAIR,
    (P.LOCAL, "call_forwarding"): _FORWARD,
}


@dataclass(frozen=True, slots=True)
class LineFacts:
    status: str
    suspended_for: str | None
    plan: str
    services: Collection[str]
    owes: bool
    expired: bool = False
    unfinished: Collection[str] = ()
    """Services that are being ordered for the line already."""


def check(product: ProductType, service: str, choice: str | None, line: LineFacts) -> Verdict:
    """Debt first: the customer can do something about it."""
    offer = OFFERS.get((product, service))
    if offer is None or line.expired or service in line.unfinished or not _choice_fits(offer, service, choice):
        return "not_eligible"
    if (line.owes or line.suspended_for == "arrears") and not offer.despite_arrears:
        return "arrears"
    if service == "resume" and line.suspended_for == "arrears":
        return "arrears"
    return "ok" if _fits(service, choice, line) else "not_eligible"


def _choice_fits(offer: Offer, service: str, choice: str | None) -> bool:
    if offer.choices is not None:
        return choice in offer.choices
    if service == "call_forwarding":
        return FORWARD_NUMBER.fullmatch(choice or "") is not None
    return choice is None or offer.work is Work.SECRET


def _fits(service: str, choice: str | None, line: LineFacts) -> bool:
    """Whether the order would change anything, and the line is in a state for it."""
    switch, _, way = service.partition("_")
    match service:
        case "resume":
            return line.suspended_for == "keep"
        case "renew" | "recharge" | "repair":
            return True
        case "change_plan":
            return line.status == "active" and line.plan != (PLANS | BROADBAND).get(choice or "")
        case "add_service":
            return line.status == "active" and choice not in line.services
        case "remove_service":
            return choice in line.services
        case _ if switch in SWITCHES:
            return line.status == "active" and (switch in line.services) is (way == "off")
        case _:
            return line.status == "active"


def effective_day(
    service: str, choice: str | None, day_offset: int | None, paid_until: date | None, offer: Offer, today: date
) -> date | None:
    """The visit; the last day a renewal pays for; the first of next month for a monthly fee; None: at once."""
    if offer.work is Work.VISIT:
        return today + timedelta(days=day_offset or 1)
    if service == "renew":
        return max(paid_until or today, today) + RENEWAL
    if offer.fees.get(choice or ""):
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return None
