"""TM Forum's resources (v4) to our words and back. Pure; a resource that lacks what it must have is BadAnswer."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from agent_api.crm.port import CrmBill, CrmCustomer, CrmLine, CrmPart, OrderState, Paid, PaymentState

Json = Mapping[str, Any]
ORDER_STATES: dict[str, OrderState] = {
    "acknowledged": "submitted",
    "pending": "in_progress",
    "held": "in_progress",
    "inProgress": "in_progress",
    "partial": "in_progress",
    "assessingCancellation": "in_progress",
    "pendingCancellation": "in_progress",
    "completed": "completed",
    "failed": "failed",
    "rejected": "rejected",
    "cancelled": "cancelled",
}
PAYMENT_STATES: dict[str, PaymentState] = {
    "pendingAuthorization": "pending",
    "authorized": "pending",
    "captured": "done",
    "done": "done",
    "failed": "refused",
    "canceled": "refused",
    "denied": "refused",
}
MEDIA = {
    "contact_number": ("phone", "phoneNumber"),
    "email": ("email", "emailAddress"),
    "address": ("postalAddress", "street1"),
}
CURRENCY = "CNY"


class BadAnswer(ValueError):
    """The other side broke its own specification."""


def customer(found: Json) -> CrmCustomer:
    try:
        said = {each["name"]: each["value"] for each in found.get("characteristic", []) if each["name"] != "line"}
        lines = [each["value"] for each in found.get("characteristic", []) if each["name"] == "line"]
        party = found["engagedParty"]
        return CrmCustomer(
            ref=str(found["id"]),
            name=str(found["name"]),
            kind="group" if party.get("@referredType") == "Organization" else "person",
            level="vip" if said.get("level") == "vip" else "normal",
            star_level=int(said.get("starLevel", 0)),
            language=str(said.get("language", "")),
            account_no=str(next((each["id"] for each in found.get("account", [])), "")),
            contact_number=_medium(found, "contact_number"),
            email=_medium(found, "email"),
            address=_medium(found, "address"),
            credit_level=str(next((each.get("creditRiskRating", "") for each in found.get("creditProfile", [])), "")),
            lines=tuple(CrmLine(each["number"], each["type"], each.get("plan", ""), each["status"]) for each in lines),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadAnswer(f"customer: {type(error).__name__}") from None


def _medium(found: Json, name: str) -> str:
    kind, key = MEDIA[name]
    return next(
        (
            str(each["characteristic"].get(key, ""))
            for each in found.get("contactMedium", [])
            if each["mediumType"] == kind
        ),
        "",
    )


def contact_media(present: CrmCustomer, values: Mapping[str, str]) -> list[dict[str, Any]]:
    """The whole list, as a merge patch of TMF629 wants it."""
    media = []
    for name, (kind, key) in MEDIA.items():
        value = values.get(name, getattr(present, name))
        if value:
            media.append({"mediumType": kind, "preferred": name == "contact_number", "characteristic": {key: value}})
    return media


def bill(found: Json, rates: Sequence[Json]) -> CrmBill:
    try:
        total = _money(found["taxIncludedAmount"])
        product: Json = next((each["product"] for each in rates if each.get("product")), {})
        return CrmBill(
            bill_no=str(found["billNo"]),
            number=str(product.get("id", "")),
            product=str(product.get("name", "")),
            month=str(found["billingPeriod"]["startDateTime"])[:7],
            total=total,
            remaining=_money(found["remainingAmount"]),
            due_date=date.fromisoformat(str(found["paymentDueDate"])[:10]),
            parts=tuple(CrmPart(str(each["name"]), _money(each["taxIncludedAmount"])) for each in rates),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise BadAnswer(f"bill: {type(error).__name__}") from None


def _money(amount: Json) -> Decimal:
    if amount.get("unit", CURRENCY) != CURRENCY:
        raise ValueError("another currency")
    return Decimal(str(amount["value"])).quantize(Decimal("0.01"))


def new_order(ref: str, number: str, service: str, our_no: str) -> dict[str, Any]:
    """TMF622: one item that changes the line; suspending is a status of the product."""
    status = {"suspend_keep": "suspended", "resume": "active"}.get(service)
    product: dict[str, Any] = {"id": number} | ({"status": status} if status else {})
    item = {"id": "1", "action": "modify", "product": product, "productOffering": {"id": service}}
    return {
        "externalId": our_no,
        "relatedParty": [{"id": ref, "role": "customer", "@referredType": "Customer"}],
        "productOrderItem": [item],
    }


def order_state(found: Json) -> OrderState:
    state = ORDER_STATES.get(str(found.get("state")))
    if state is None:
        raise BadAnswer("order: unknown state")
    return state


def new_payment(account_no: str, amount: Decimal, our_no: str) -> dict[str, Any]:
    return {
        "correlatorId": our_no,
        "account": {"id": account_no, "@referredType": "BillingAccount"},
        "paymentMethod": {"name": "hotline", "@type": "CashMethod"},
        "totalAmount": {"unit": CURRENCY, "value": float(amount)},
    }


def paid(found: Json) -> Paid:
    state = PAYMENT_STATES.get(str(found.get("status")))
    if state is None or not isinstance(found.get("id"), str):
        raise BadAnswer("payment: unknown status")
    return Paid(found["id"], state)
