"""业务办理: choose, hear fee and terms in full, confirm, get the order's number."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.flows.dialog import choose, say_all
from ivr.flows.leaf import refuse, tell
from ivr.flows.line import ANY_NUMBER, key_number
from ivr.flows.password import key_new
from ivr.flows.proof import key_secret, proven_line
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.flows.topup import CARD
from ivr.lookups.orders import PlaceOrder, QuoteOrder
from ivr.lookups.words import digits_of
from ivr.phrases import Phrase, Template
from ivr.speech.values import Digits, Money, Saying
from ivr.steps import Flow, ask

CONFIRM_SECONDS = 10.0
PLANS: Mapping[str, str] = {"1": "plan_59", "2": "plan_99", "3": "plan_199"}
BROADBAND: Mapping[str, str] = {"1": "broadband_300", "2": "broadband_1000"}
EXTRAS: Mapping[str, str] = {"1": "caller_id", "2": "ring_back", "3": "voicemail"}
DAYS: Mapping[str, str] = {"1": "1", "2": "2", "3": "3"}
REFUSALS: Mapping[str, Phrase] = {
    "arrears": Phrase.ORDER_ARREARS,
    "not_eligible": Phrase.ORDER_NOT_ELIGIBLE,
    "unknown": Phrase.UNKNOWN_NUMBER,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller wants in detail. A secret choice is not part of the quote."""

    choice: str | None = field(default=None, repr=False)
    day_offset: int | None = None
    secret: bool = False


def order(session: Session, job: Job) -> Flow[None]:
    service = job.settings["service"]
    number = yield from proven_line(session, job.product, job.level)
    wish = yield from _wish(job.product, service)
    choice = None if wish.secret else wish.choice
    quote = yield from ask(QuoteOrder(job.product, number, service, session.call.call_id, choice))
    if quote.result != "ok":
        yield from refuse(REFUSALS.get(quote.result, Phrase.ORDER_NOT_ELIGIBLE))
    fee = Saying(Template.ORDER_FEE, {"amount": Money(quote.fee)}) if quote.fee > 0 else Phrase.ORDER_FREE
    yield from say_all(fee)
    keys = {"1": "yes", "2": "no"}
    if (yield from choose((Phrase.ORDER_CONFIRM,), keys, first_key_seconds=CONFIRM_SECONDS)) == "no":
        yield from tell(session, Phrase.ORDER_CANCELLED)
    placed = yield from ask(
        PlaceOrder(job.product, number, service, session.call.call_id, wish.choice, wish.day_offset)
    )
    if placed.result != "ok":
        yield from refuse(REFUSALS.get(placed.result, Phrase.ORDER_NOT_ELIGIBLE))
    yield from tell(session, Saying(Template.ORDER_ACCEPTED, {"number": Digits(digits_of(placed.order_no))}))


def _wish(product: str, service: str) -> Flow[Wish]:
    match product, service:
        case "internet", "change_plan":
            return Wish((yield from choose((Phrase.CHOOSE_INTERNET,), BROADBAND)))
        case _, "change_plan":
            return Wish((yield from choose((Phrase.CHOOSE_PLAN,), PLANS)))
        case _, "add_service" | "remove_service":
            return Wish((yield from choose((Phrase.CHOOSE_SERVICE,), EXTRAS)))
        case _, "call_forwarding":
            return Wish((yield from key_number(Phrase.ASK_FORWARD, ANY_NUMBER, 20, bare_pound="")))
        case _, "install" | "move" | "repair":
            return Wish(day_offset=int((yield from choose((Phrase.ASK_DAY,), DAYS))))
        case "ip", "recharge":
            return Wish((yield from key_secret(Phrase.ASK_CARD, CARD, 18)), secret=True)
        case "ip", "change_pin":
            return Wish((yield from key_new()), secret=True)
    return Wish()
