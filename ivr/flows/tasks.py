"""The catalogue of acd.contracts.menu.tasks, implemented: name to flow."""

from collections.abc import Mapping
from types import MappingProxyType

from ivr.flows import (
    account,
    article,
    bill,
    dealer,
    emergency,
    fault,
    faxback,
    message,
    order,
    password,
    progress,
    topup,
)
from ivr.flows.task import Run

FLOWS: Mapping[str, Run] = MappingProxyType(
    {
        "bill.balance": bill.balance,
        "bill.month": bill.month,
        "bill.history": bill.history,
        "bill.package": bill.package,
        "bill.payments": bill.payments,
        "bill.list": bill.itemised_list,
        "topup": topup.topup,
        "article": article.article,
        "order": order.order,
        "order.progress": progress.order_progress,
        "fault": fault.fault,
        "message": message.message,
        "ticket.progress": progress.ticket_progress,
        "emergency.suspend": emergency.suspend,
        "emergency.release": emergency.release,
        "emergency.restore": emergency.restore,
        "emergency.report": emergency.report,
        "password.change": password.change,
        "password.reset": password.reset,
        "password.reminder": password.reminder,
        "points": account.points,
        "invoice": account.invoice,
        "dealer.sign_in": dealer.sign_in,
        "dealer.activation": dealer.activation,
        "dealer.commission": dealer.commission,
        "dealer.orders": dealer.orders,
        "dealer.notices": dealer.notices,
        "faxback": faxback.faxback,
        "open_ticket": progress.open_ticket,
        "suspended.notice": account.suspension_notice,
    }
)
