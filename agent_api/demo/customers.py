"""More customers for the demo's search, and a group with fifty lines, its contract and its people. Deterministic."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.customers.models import AuthorisedContact, Bill, Customer, GroupContract, Product
from agent_api.customers.rules import TAIL, ProductType, initials
from agent_api.demo.places import CITIES
from agent_api.demo.subscribers import GIVEN, SURNAMES, month_back

MORE = 3000
GROUP = "G000001"
GROUP_LINES = 50
GROUP_MONTHS = 3
MANAGER = "8008"


async def add(session: AsyncSession, today: date) -> None:
    customers = [_customer(number) for number in range(1, MORE + 1)]
    await session.execute(insert(Customer), customers)
    await session.execute(insert(Product), [_line(each) for each in customers])
    await _group(session, today)


def _customer(number: int) -> dict[str, Any]:
    rng = Random(number)
    center, city, area, districts = CITIES[number % len(CITIES)]
    name = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, 2))
    return {
        "customer_id": f"M{number:06d}",
        "name": name,
        "initials": initials(name),
        "level": "normal",
        "star_level": rng.randint(1, 4),
        "birth_date": date(rng.randint(1960, 2006), rng.randint(1, 12), rng.randint(1, 28)),
        "language": "zh",
        "center_id": center,
        "contact_number": f"1315{number * 7919 % 10**7:07d}",
        "address": f"{city}{rng.choice(districts)}示例路{rng.randint(1, 300)}号",
        "email": f"m{number:06d}@example.cn",
        "credit_level": rng.choice("AABBC"),
        "area": area,
        "account_no": f"A9{number:08d}",
    }


def _line(customer: dict[str, Any]) -> dict[str, Any]:
    number: str = customer["contact_number"]
    return {
        "product_id": f"{customer['customer_id']}-MOBILE",
        "customer_id": customer["customer_id"],
        "type": ProductType.MOBILE.value,
        "number": number,
        "tail": number[-TAIL:],
        "plan": "畅享59元套餐",
        "status": "active",
        "balance": Decimal("20.00"),
        "services": {},
    }


async def _group(session: AsyncSession, today: date) -> None:
    group = Customer(
        customer_id=GROUP,
        name="江苏示例物流集团有限公司",
        kind="group",
        level="vip",
        star_level=7,
        birth_date=date(2008, 5, 18),
        language="zh",
        center_id="js-nj",
        contact_number="02588990000",
        address="江苏省南京市建邺区示例大道88号",
        email="telecom@logistics.example.cn",
        credit_level="A",
        area="025",
        account_no="AG0000001",
    )
    session.add(group)
    await session.flush()
    lines = list(_group_lines())
    session.add_all(lines)
    session.add(
        GroupContract(
            customer_id=GROUP,
            contract_no="JT-2025-0188",
            starts_on=today - timedelta(days=400),
            ends_on=today + timedelta(days=330),
            manager_no=MANAGER,
            terms="50条移动号码统一付费,专属客户经理7×24小时,故障4小时内修复",
        )
    )
    for name, number, role in (("许文斌", "13058811001", "业务办理"), ("沈佳怡", "13058811002", "账单查询")):
        session.add(AuthorisedContact(customer_id=GROUP, name=name, number=number, role=role, valid_until=None))
    await session.flush()
    session.add_all(_bills(lines, today))


def _group_lines() -> Iterator[Product]:
    for number in range(1, GROUP_LINES + 1):
        yield Product(
            product_id=f"{GROUP}-{number:03d}",
            customer_id=GROUP,
            type=ProductType.MOBILE.value,
            number=f"13058{811_000 + number}",
            plan="集团畅享99元套餐",
            status="active",
            balance=Decimal(0),
            services={},
        )


def _bills(lines: list[Product], today: date) -> Iterator[Bill]:
    """The last month is not paid yet and not due either."""
    rng = Random(88)
    for back in range(GROUP_MONTHS):
        for line in lines:
            extra = Decimal(rng.randint(0, 6000)) / 100
            yield Bill(
                product_id=line.product_id,
                customer_id=GROUP,
                month=month_back(today, back + 1),
                total=Decimal(99) + extra,
                paid=Decimal(0) if back == 0 else Decimal(99) + extra,
                due_date=today + timedelta(days=10 - 30 * back),
                components=[
                    {"name": "套餐月费", "amount": "99.00"},
                    {"name": "套餐外流量费", "amount": f"{extra:.2f}"},
                ],
            )
