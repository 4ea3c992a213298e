"""How serious a complaint is, by its facts (requirements.md 2.8.4; thresholds in limits.toml). Pure."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from agent_api.tickets.limits import Thresholds
from agent_api.tickets.words import Level

MAJOR_FACTS = ("media", "regulator", "safety")
URGENT_FACTS = ("service_down", "loss", "fraud")
_RANK = (Level.NORMAL, Level.URGENT, Level.MAJOR)
SVIP = "svip"
VIP_STARS = 4


def severity(facts: Mapping[str, str], customer_level: str, repeats: int, rules: Thresholds) -> Level:
    """`facts` are what the form asked for: yes/no, how many users, which amount."""
    if any(facts.get(name) == "yes" for name in MAJOR_FACTS) or customer_level == SVIP:
        return Level.MAJOR
    if number(facts.get("group_users")) >= rules.group_users or number(facts.get("amount")) >= rules.amount:
        return Level.MAJOR
    if any(facts.get(name) == "yes" for name in URGENT_FACTS) or repeats >= rules.repeats:
        return Level.URGENT
    return Level.NORMAL


def worse(one: Level, other: Level) -> Level:
    return max(one, other, key=_RANK.index)


def is_vip(customer_level: str, stars: int) -> bool:
    return customer_level in ("vip", SVIP) or stars >= VIP_STARS


def number(text: str | None) -> Decimal:
    try:
        found = Decimal(text or "0")
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() else Decimal(0)
