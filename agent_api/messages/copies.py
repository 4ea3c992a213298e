"""The content of a copy of what a caller heard: balance, month, package, payments, list, invoice, article.

It goes to the addresses on record for the line's owner; only a fax number may be keyed by the caller.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agent_api.customers.bill_parts import PART_TITLES, PartKind
from agent_api.customers.billing import BillingPort
from agent_api.customers.models import Customer
from agent_api.customers.rules import PRODUCT_TITLES, ProductType
from agent_api.masking import mask_number
from agent_api.messages.outgoing import Channel, Document, Route

ENGLISH_PARTS: Mapping[PartKind, str] = {
    "rent": "monthly fee",
    "calls": "calls",
    "domestic": "domestic long distance",
    "international": "international long distance",
    "sms": "text messages",
    "data": "data",
    "other": "other",
}
ENGLISH_PRODUCTS: Mapping[ProductType, str] = {
    ProductType.MOBILE: "mobile",
    ProductType.IP: "IP phone",
    ProductType.INTERNET: "internet",
    ProductType.LONG_DISTANCE: "long distance",
    ProductType.PAGING: "paging",
    ProductType.LOCAL: "local phone",
}


@dataclass(frozen=True, slots=True)
class Content:
    template: str
    values: Mapping[str, str]
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Whose copy it is, and in which words."""

    product: ProductType
    number: str
    language: str

    @property
    def english(self) -> bool:
        return self.language == "en"

    @property
    def values(self) -> dict[str, str]:
        titles = ENGLISH_PRODUCTS if self.english else PRODUCT_TITLES
        return {"product": titles[self.product], "number": mask_number(self.number)}


async def content(
    billing: BillingPort, line: Line, customer_id: str, what: str, month: str | None, today: date
) -> Content | None:
    """None when there is nothing to copy. Raises Unavailable("billing")."""
    match what:
        case "month" | "history":
            return await _month(billing, line, month, today)
        case "list":
            return await _list(billing, line, customer_id, month, today)
        case "invoice":
            return await _invoice(billing, line, month, today)
        case _:
            return await _account(billing, line, what, today)


def routes(customer: Customer | None, line: Line, channel: Channel, fax_number: str | None) -> tuple[Route, ...]:
    """The address on record; what can be said in a text may go by e-mail when the text cannot be delivered.

    Who is no customer can have public information on a mobile phone only.
    """
    if customer is None:
        return (Route(Channel.SMS, line.number),) if line.product is ProductType.MOBILE else ()
    match channel:
        case Channel.SMS:
            own = line.number if line.product is ProductType.MOBILE else customer.contact_number
            return (Route(Channel.SMS, own), Route(Channel.EMAIL, customer.email))
        case Channel.EMAIL:
            return (Route(Channel.EMAIL, customer.email),)
        case Channel.FAX:
            return (Route(Channel.FAX, fax_number or ""),)
        case _:
            return (Route(Channel.POST, customer.address),)


async def _account(billing: BillingPort, line: Line, what: str, today: date) -> Content | None:
    found = await billing.account(line.product, line.number, today)
    if found.result != "ok":
        return None
    match what:
        case "balance":
            figures = {"balance": _yuan(found.balance), "arrears": _yuan(found.arrears)}
            return Content("copy.balance", line.values | figures)
        case "package":
            left = {
                "plan": found.plan,
                "minutes": str(found.minutes_left or 0),
                "data": str(found.mb_left or 0),
                "messages": str(found.messages_left or 0),
            }
            return Content("copy.package", line.values | left)
        case "payments" if found.payments:
            unit = " yuan" if line.english else "元"
            made = _joined(line, (f"{each.day:%Y-%m-%d} {_yuan(each.amount)}{unit}" for each in found.payments))
            return Content("copy.payments", line.values | {"payments": made})
        case _:
            return None


async def _month(billing: BillingPort, line: Line, month: str | None, today: date) -> Content | None:
    found = await billing.month_bill(line.product, line.number, month, today)
    if found.result != "ok":
        return None
    names = ENGLISH_PARTS if line.english else PART_TITLES
    unit = " " if line.english else ""
    parts = _joined(line, (f"{names[part.kind]}{unit}{_yuan(part.amount)}" for part in found.parts))
    figures = {"month": _month_name(line, found.month), "total": _yuan(found.total), "parts": parts}
    return Content("copy.month", line.values | figures)


async def _list(billing: BillingPort, line: Line, customer_id: str, month: str | None, today: date) -> Content | None:
    """Every item billing has for the month."""
    bill = await billing.month_bill(line.product, line.number, month, today)
    if bill.result != "ok":
        return None
    issued = [
        each
        for each in await billing.bills(customer_id)
        if each.month == bill.month and each.number == line.number and each.product_type == line.product
    ]
    rows = [(bill.month, part.name, _yuan(part.amount)) for each in issued for part in each.components]
    rows.append((bill.month, "Total" if line.english else "合计", _yuan(bill.total)))
    name = _month_name(line, bill.month)
    columns = ("Month", "Item", "Amount (yuan)") if line.english else ("月份", "项目", "金额（元）")
    title = f"Itemised list {bill.month}" if line.english else f"{name}话费清单"
    return Content("copy.list", line.values | {"month": name}, Document(title, columns, tuple(rows)))


async def _invoice(billing: BillingPort, line: Line, month: str | None, today: date) -> Content | None:
    bill = await billing.month_bill(line.product, line.number, month, today)
    if bill.result != "ok":
        return None
    name = _month_name(line, bill.month)
    names = ENGLISH_PARTS if line.english else PART_TITLES
    columns = ("Item", "Amount (yuan)") if line.english else ("项目", "金额（元）")
    rows = [(names[part.kind], _yuan(part.amount)) for part in bill.parts]
    rows.append(("Total" if line.english else "价税合计", _yuan(bill.total)))
    title = f"Invoice {bill.month}" if line.english else f"{name}电子发票"
    return Content(
        "copy.invoice", line.values | {"month": name, "total": _yuan(bill.total)}, Document(title, columns, tuple(rows))
    )


def _month_name(line: Line, month: str) -> str:
    year, _, number = month.partition("-")
    return month if line.english else f"{year}年{int(number)}月"


def _joined(line: Line, parts: Iterable[str]) -> str:
    return ("; " if line.english else "，").join(parts)


def _yuan(amount: Decimal) -> str:
    return f"{amount:.2f}"
