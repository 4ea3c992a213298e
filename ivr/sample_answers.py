"""The sample subscriber: what the directory would say about him, question by question. Data only."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ivr.lookups.accounts import (
    Account,
    Bill,
    BillPart,
    CopyResult,
    FetchAccount,
    FetchBill,
    Payment,
    SendCopy,
    TopUp,
    TopUpResult,
)
from ivr.lookups.callers import Caller
from ivr.lookups.dealers import (
    Activation,
    Commission,
    DealerOrders,
    DealerVerified,
    FetchActivation,
    FetchCommission,
    FetchDealerOrders,
    NoticesSent,
    SendNotices,
    VerifyDealer,
)
from ivr.lookups.documents import Article, FaxDocument, FaxOrdered, FetchArticle, FetchFaxDocument, OrderFax
from ivr.lookups.dunning import DunningScript
from ivr.lookups.emergencies import (
    LineRestored,
    LineStopped,
    ReleaseLine,
    ReportNumber,
    ReportTaken,
    RestoreLine,
    StopLine,
)
from ivr.lookups.identity import CodeSent, SendCode
from ivr.lookups.orders import FetchOrderProgress, OrderPlaced, OrderProgress, PlaceOrder, Quote, QuoteOrder
from ivr.lookups.passwords import ChangePassword, PasswordChanged, ReminderSet, ResetPassword, SetReminder
from ivr.lookups.tickets import (
    FaultTaken,
    FetchTicketProgress,
    MessageTaken,
    ReportFault,
    SubmitMessage,
    TicketProgress,
)
from ivr.steps import LookUp

OWN = "13900000001"
PASSWORD, CODE, IDENTITY_CARD = "135790", "246810", "01234*"
SUBSCRIBER = Caller(True, "C1", language="zh", own_number=OWN, center="js", email=True)
DUNNING = DunningScript("open", "3068", "2026-10", Decimal("88.00"))

ANSWERS: Mapping[type[LookUp[Any]], Any] = MappingProxyType(
    {
        SendCode: CodeSent("sent"),
        FetchAccount: Account(
            "ok",
            balance=Decimal("35.20"),
            plan="畅享99元",
            valid_until=date(2027, 6, 30),
            minutes_left=320,
            mb_left=2048,
            messages_left=50,
            payments=(Payment(date(2026, 11, 2), Decimal("100.00")), Payment(date(2026, 10, 3), Decimal("50.00"))),
            points=1860,
        ),
        FetchBill: Bill(
            "ok",
            "2026-10",
            Decimal("128.50"),
            (
                BillPart("rent", Decimal("99.00")),
                BillPart("calls", Decimal("24.50")),
                BillPart("sms", Decimal("5.00")),
                BillPart("other", Decimal("0.00")),
            ),
        ),
        SendCopy: CopyResult("ok"),
        TopUp: TopUpResult("ok", Decimal("50.00"), Decimal("85.20")),
        QuoteOrder: Quote("ok", Decimal("10.00")),
        PlaceOrder: OrderPlaced("ok", "YW20261120000012"),
        FetchOrderProgress: OrderProgress("ok", "working"),
        ReportFault: FaultTaken("ok", "GD20261120000034", 48),
        SubmitMessage: MessageTaken("ok", "GD20261120000035"),
        FetchTicketProgress: TicketProgress("ok", "working", date(2026, 11, 25)),
        StopLine: LineStopped("ok"),
        ReleaseLine: LineRestored("ok"),
        RestoreLine: LineRestored("ok"),
        ReportNumber: ReportTaken("ok", "GD20261120000036"),
        ChangePassword: PasswordChanged("ok"),
        ResetPassword: PasswordChanged("ok"),
        SetReminder: ReminderSet("ok"),
        VerifyDealer: DealerVerified("pass", "js"),
        FetchActivation: Activation("active"),
        FetchCommission: Commission("ok", "2026-10", Decimal("1280.00")),
        FetchDealerOrders: DealerOrders("ok", 2, 15),
        SendNotices: NoticesSent("ok"),
        FetchArticle: Article("ok", "article/tariffs"),
        FetchFaxDocument: FaxDocument("ok", "/var/lib/hotline/fax/tariffs.tiff"),
        OrderFax: FaxOrdered("ok"),
    }
)
