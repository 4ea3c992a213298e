"""Two hundred invented subscribers with lines of all six kinds, six months of bills and payments. Deterministic.

Their special cases (who is suspended, whose card has expired, who speaks English) are listed in agent_api/demo.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from agent_api.customers.models import Bill, Customer, Payment, Product
from agent_api.customers.rules import ProductType
from agent_api.demo.places import CITIES

COUNT = 200
MONTHS = 6
SERVICE_PASSWORD = "135790"
ID_LAST6 = ("081234", "08123X")

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾"
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "慕容")
GIVEN = "嘉泽梓涵雨欣浩宇子轩诗琪明远思源静怡俊杰晓彤文博雅楠志强丽华建国秀英春梅海涛玉兰"

# Debtors: how many days their oldest bill is overdue. One of each stage, several times.
_LATE_DAYS = (2, 5, 9, 12, 17, 19, 22, 26, 29, 32, 36, 41, 47, 55, 62, 75, 88, 93)

_PLANS: dict[ProductType, tuple[tuple[str, Decimal], ...]] = {
    ProductType.MOBILE: (("畅享59元套餐", Decimal(59)), ("畅享99元套餐", Decimal(99)), ("尊享199元套餐", Decimal(199))),
    ProductType.IP: (("IP直通车", Decimal(12)),),
    ProductType.INTERNET: (("宽带300M包月", Decimal(89)), ("宽带1000M包月", Decimal(139))),
    ProductType.LONG_DISTANCE: (("国内长途月租", Decimal(10)),),
    ProductType.PAGING: (("汉显寻呼", Decimal(15)),),
    ProductType.LOCAL: (("固话月租", Decimal(25)),),
}
_EXTRAS: dict[ProductType, tuple[str, ...]] = {
    ProductType.MOBILE: ("套餐外流量费", "增值业务费", "国内通话费"),
    ProductType.IP: ("IP国内长途费", "IP国际长途费"),
    ProductType.INTERNET: ("超时使用费", "设备租用费"),
    ProductType.LONG_DISTANCE: ("国内长途费", "国际及港澳台长途费"),
    ProductType.PAGING: ("信息服务费", "人工代播费"),
    ProductType.LOCAL: ("本地通话费", "来电显示费"),
}
_EVERY: tuple[tuple[ProductType, int], ...] = (
    (ProductType.INTERNET, 3),
    (ProductType.LOCAL, 5),
    (ProductType.LONG_DISTANCE, 9),
    (ProductType.IP, 11),
    (ProductType.PAGING, 17),
)


@dataclass(frozen=True, slots=True)
class Subscriber:
    customer: Customer
    products: list[Product]
    bills: list[Bill]
    payments: list[Payment]


def subscribers(today: date) -> Iterator[Subscriber]:
    rng = Random(20_001)
    for number in range(1, COUNT + 1):
        late = _LATE_DAYS[number // 5 % len(_LATE_DAYS)] if number % 5 == 2 else None
        customer = _customer(number, rng, today)
        products = _products(number, customer, rng, suspended=late is not None and late > 30, today=today)
        bills = [bill for product in products for bill in _bills(product, number, late, today, rng)]
        yield Subscriber(customer, products, bills, [_payment(bill, today) for bill in bills if bill.paid])


def mobile_number(number: int) -> str:
    return f"139{number:08d}"


def id_last6(number: int) -> str:
    """Last six of the identity card of a subscriber; every tenth one's ends in X."""
    return ID_LAST6[number % 10 == 0]


def has_initial_password(number: int) -> bool:
    return number % 40 == 36


def _customer(number: int, rng: Random, today: date) -> Customer:
    center, city, area, districts = CITIES[number % len(CITIES)]
    vip = number % 10 == 4
    senior = number % 9 == 5
    age = rng.randint(66, 84) if senior else rng.randint(19, 63)
    born = date(today.year - age, rng.randint(1, 12), rng.randint(1, 28)) - timedelta(days=1)
    surname = rng.choice(_COMPOUND) if number % 40 == 7 else rng.choice(SURNAMES)
    given = "".join(rng.sample(GIVEN, 1 if number % 4 == 1 else 2))
    return Customer(
        customer_id=f"C{number:06d}",
        name=surname + given,
        level="vip" if vip else "normal",
        star_level=rng.choice((5, 6, 7)) if vip else rng.randint(1, 4),
        birth_date=born,
        language={49: "en", 48: ""}.get(number % 50, "zh"),
        center_id=center,
        contact_number=mobile_number(number),
        address=f"{city}{rng.choice(districts)}示例路{rng.randint(1, 300)}号",
        email=f"user{number:03d}@example.cn",
        credit_level=rng.choice("AABBC"),
        protected=number % 67 == 0,
        area=area,
        alternative_number=f"137{number:08d}",
        points=number * 37 % 5000 if number != 1 else 1280,
        manager=("8009", "8008")[number % 20 == 4] if vip else "",
    )


def _products(number: int, customer: Customer, rng: Random, suspended: bool, today: date) -> list[Product]:
    area = CITIES[number % len(CITIES)][2]
    numbers = {
        ProductType.MOBILE: mobile_number(number),
        ProductType.IP: f"17910{number:06d}",
        ProductType.INTERNET: f"80{number:08d}",
        ProductType.LONG_DISTANCE: f"17909{number:06d}",
        ProductType.PAGING: f"191{number:07d}",
        ProductType.LOCAL: f"{area}8{number:07d}"[:12],
    }
    kinds = [ProductType.MOBILE, *(kind for kind, every in _EVERY if number % every == 0)]
    return [
        Product(
            product_id=f"{customer.customer_id}-{kind.value}",
            customer_id=customer.customer_id,
            type=kind.value,
            number=numbers[kind],
            plan=rng.choice(_PLANS[kind])[0] if number != 1 else _PLANS[kind][1][0],
            status="suspended" if suspended and kind is ProductType.MOBILE else "active",
            balance=Decimal("35.20") if number == 1 else Decimal(rng.randint(0, 12_000)) / 100,
            suspended_for="arrears" if suspended and kind is ProductType.MOBILE else None,
            services=_services(kind, number, today),
            reminder=False,
            **_allowances(kind, number, today),
        )
        for kind in kinds
    ]


def _services(kind: ProductType, number: int, today: date) -> dict[str, Any]:
    """Services that are on, so that there is something to turn off, too."""
    on = {ProductType.MOBILE: {"caller_id": 2, "idd": 4, "roaming": 8}, ProductType.LONG_DISTANCE: {"idd": 2}}
    since = (today - timedelta(days=90)).isoformat()
    return {name: since for name, every in on.get(kind, {}).items() if number % every == 1}


def _allowances(kind: ProductType, number: int, today: date) -> dict[str, Any]:
    """What is left of a mobile plan, how long an IP card is good, up to when a pager is paid."""
    match kind:
        case ProductType.MOBILE:
            return {"minutes_left": number * 7 % 300, "mb_left": number * 53 % 20_000, "messages_left": number % 100}
        case ProductType.IP:
            return {"valid_until": today + timedelta(days=-30 if number % 33 == 0 else 200)}
        case ProductType.PAGING:
            return {"paid_until": today + timedelta(days=number % 90)}
        case _:
            return {}


def _payment(bill: Bill, today: date) -> Payment:
    """Paid at a bank, at noon two days before it was due."""
    at = datetime.combine(min(bill.due_date, today) - timedelta(days=2), time(4), UTC)
    return Payment(
        customer_id=bill.customer_id, product_id=bill.product_id, at=at, amount=bill.paid, registered_by="bank"
    )


def _bills(product: Product, number: int, late: int | None, today: date, rng: Random) -> Iterator[Bill]:
    """Six months, the last one issued for the month before today. Debtors have not paid the last ones."""
    unpaid = 0 if late is None or product.type not in ("MOBILE", "INTERNET") else min(late // 30 + 1, MONTHS)
    # Due 30 days apart; a debtor's oldest unpaid bill was due `late` days ago, other customers' last one is due soon.
    last_due = today + timedelta(days=3 + number % 12)
    if late is not None and unpaid:
        last_due = today - timedelta(days=late) + timedelta(days=30 * (unpaid - 1))
    for back in range(MONTHS):
        components = _components(ProductType(product.type), product.plan, number == 1 and back == 0, rng)
        total = sum((amount for _, amount in components), Decimal(0))
        yield Bill(
            product_id=product.product_id,
            customer_id=product.customer_id,
            month=month_back(today, back + 1),
            total=total,
            paid=Decimal(0) if back < unpaid else total,
            due_date=last_due - timedelta(days=30 * back),
            components=[{"name": name, "amount": f"{amount:.2f}"} for name, amount in components],
        )


def _components(kind: ProductType, plan: str, fixed: bool, rng: Random) -> list[tuple[str, Decimal]]:
    fee = dict(_PLANS[kind])[plan]
    if fixed:  # the first subscriber's last bill is the one the documentation speaks of
        return [("套餐月费", fee), ("套餐外流量费", Decimal("19.50")), ("增值业务费", Decimal("10.00"))]
    extras = [(name, Decimal(rng.randint(50, 2500)) / 100) for name in _EXTRAS[kind] if rng.random() < 0.5]
    return [("套餐月费" if kind is ProductType.MOBILE else "月租费", fee), *extras]


def month_back(today: date, back: int) -> str:
    months = today.year * 12 + today.month - 1 - back
    return f"{months // 12:04d}-{months % 12 + 1:02d}"
