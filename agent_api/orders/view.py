"""An order as the desk's JSON."""

from collections.abc import Sequence
from typing import cast

from agent_api.customers.questions import ProductName
from agent_api.customers.rules import ProductType
from agent_api.masking import mask_number
from agent_api.orders import workflow
from agent_api.orders.models import OrderEvent, OrderRow
from agent_api.orders.offers import OFFERS, Work
from agent_api.orders.schemas import OfferOut, OrderOut, StepOut
from agent_api.orders.service import order_of
from agent_api.orders.workflow import State

STATE_TITLES = {
    State.DRAFT: "草稿",
    State.IDENTITY_CHECKED: "已核身",
    State.ELIGIBLE: "可办理",
    State.CONFIRMED: "客户已确认",
    State.SUBMITTED: "已受理",
    State.IN_PROGRESS: "办理中",
    State.INFO_REQUIRED: "待补充",
    State.COMPLETED: "已完成",
    State.FAILED: "办理失败",
    State.REJECTED: "不予受理",
    State.CANCELLED: "已取消",
    State.NOTIFIED: "已通知",
    State.ARCHIVED: "已归档",
}


def offers_out() -> list[OfferOut]:
    return [
        OfferOut(
            product=cast("ProductName", product.value.lower()),
            service=service,
            title=offer.title,
            title_en=offer.title_en,
            choices=dict(offer.choices) if offer.choices is not None else None,
            visit=offer.work is Work.VISIT,
            secret=offer.work is Work.SECRET,
        )
        for (product, service), offer in OFFERS.items()
    ]


def order_out(row: OrderRow, history: Sequence[OrderEvent]) -> OrderOut:
    offer = OFFERS[ProductType(row.product_type), row.service]
    names = offer.choices or {}
    return OrderOut(
        order_no=row.order_no,
        customer_id=row.customer_id,
        product=cast("ProductName", row.product_type.lower()),
        service=row.service,
        service_title=offer.title,
        number_masked=mask_number(row.number),
        state=row.state,
        state_title=_title(row),
        fee=f"{row.fee:.2f}",
        choice=names.get(row.choice or "", _masked(row.choice)),
        promised_for=row.promised_for,
        created_at=row.created_at,
        history=[
            StepOut(
                state=event.to_state,
                state_title=STATE_TITLES[State(event.to_state)],
                at=event.at,
                by=event.actor,
                reason=event.reason,
            )
            for event in history
        ],
        allowed_events=[fact.value for fact in workflow.allowed(order_of(row))],
    )


def _title(row: OrderRow) -> str:
    """NOTIFIED alone does not tell how it ended."""
    title = STATE_TITLES[State(row.state)]
    told = row.result is not None and row.result != row.state
    return f"{STATE_TITLES[State(row.result or row.state)]}({title})" if told else title


def _masked(choice: str | None) -> str | None:
    """What is not the name of an offer is a telephone number."""
    return mask_number(choice) if choice else choice
