"""Top-up cards, dealers and blocked numbers of the demo. What is in here is listed in agent_api/demo."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.passwords import Passwords
from agent_api.customers.models import BlockedNumber, TopUpCard
from agent_api.dealers.models import Dealer, DealerCard, DealerCommission, DealerOrder
from agent_api.demo.subscribers import month_back

TOP_UP_CARDS = 12
DEALERS = (
    # code, name, centre, phone
    ("5001", "南京新街口通信专营店", "js", "13600005001"),
    ("5002", "成都春熙路合作厅", "sc", "13600005002"),
)
DEALER_PASSWORD = "246802"
CARDS_PER_DEALER = 6
BLOCKED = "13888888888"


def top_up_pin(index: int) -> str:
    """What is printed under the scratch field of card 1, 2, 3, ..."""
    return f"6600{index:04d}12345678"


def dealer_card(dealer_code: str, index: int) -> str:
    return f"8986{dealer_code}{index:04d}"


def add(session: AsyncSession, passwords: Passwords, today: date, now: datetime) -> None:
    session.add_all(_top_up_cards(passwords, today))
    password_hash = passwords.hash(DEALER_PASSWORD)
    for code, name, center, phone in DEALERS:
        session.add(
            Dealer(code=code, name=name, center_id=center, phone=phone, password_hash=password_hash, wrong_tries=0)
        )
        session.add_all(_business_of(code, today, now))
    session.add(BlockedNumber(number=BLOCKED, reason="多次骚扰客服人员", until=None, created_by="8101", created_at=now))


def _top_up_cards(passwords: Passwords, today: date) -> Iterator[TopUpCard]:
    """50 yuan on odd cards, 100 on even ones; the last one is past its day."""
    for index in range(1, TOP_UP_CARDS + 1):
        pin = top_up_pin(index)
        yield TopUpCard(
            serial=pin[:8],
            pin_hash=passwords.hash(pin),
            amount=Decimal(50 if index % 2 else 100),
            valid_until=today + timedelta(days=365 if index < TOP_UP_CARDS else -1),
        )


def _business_of(code: str, today: date, now: datetime) -> Iterator[DealerCard | DealerCommission | DealerOrder]:
    """Every second card is active; the last three months' commission; one of three orders is open."""
    for index in range(1, CARDS_PER_DEALER + 1):
        active = now - timedelta(days=index) if index % 2 else None
        yield DealerCard(card=dealer_card(code, index), dealer_code=code, activated_at=active)
    for back in range(1, 4):
        yield DealerCommission(dealer_code=code, month=month_back(today, back), amount=Decimal(f"{1234 * back}.50"))
    for index in range(1, 4):
        at = now - timedelta(days=index)
        yield DealerOrder(order_no=f"D{code}{index:04d}", dealer_code=code, done=index > 1, created_at=at)
