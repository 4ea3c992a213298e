"""话费查询: choose the product, name the number, prove it with the service password, hear month, total and balance."""

from collections.abc import Mapping

from ivr.flows.dialog import LEAF_KEYS, Turn, choose, good_bye, hand_over, say
from ivr.flows.identify import ask_number, check_password
from ivr.phrases import Phrase
from ivr.ports import Bill, Caller, Unavailable
from ivr.speech.zh.dates import speak_month
from ivr.speech.zh.money import speak_money
from ivr.speech.zh.numbers import speak_digits
from ivr.steps import CallFacts, FetchBill, Flow, Leave, Prompts, ask

QUEUE = "bill"
PRODUCTS: Mapping[str, str] = {
    "1": "mobile",
    "2": "ip_phone",
    "3": "internet",
    "4": "long_distance",
    "5": "paging",
    "6": "local",
    "0": Turn.AGENT,
    "*": Turn.BACK,
}


def bill(call: CallFacts, caller: Caller) -> Flow[Leave | None]:
    """None brings the caller back to the main menu."""
    while True:
        choice = yield from choose("bill", (Phrase.MENU_BILL,), PRODUCTS)
        if choice == "mobile":
            choice = yield from mobile_bill(caller.own_number or call.caller_number)
            if choice == Turn.BACK:
                continue
        match choice:
            case Turn.BACK | Turn.MAIN:
                return None
            case Turn.FORWARD:
                return (yield from good_bye())
            case Turn.AGENT | Turn.TOO_MANY | Turn.SILENT:
                return (yield from hand_over(choice, QUEUE))
            case _:
                yield from say(Phrase.NOT_AVAILABLE)


def mobile_bill(own: str) -> Flow[str]:
    """Turn.FORWARD when the caller has heard the bill and wants nothing more."""
    number = yield from ask_number(own)
    if isinstance(number, Turn):
        return number
    turn = yield from check_password(number)
    if turn != Turn.FORWARD:
        return turn
    try:
        statement = yield from ask(FetchBill(number))
    except Unavailable:
        statement = Bill("down")
    match statement.result:
        case "ok":
            turn = yield from choose(
                "bill_result", (Phrase.MENU_BILL_RESULT,), LEAF_KEYS, intro=spoken(number, statement)
            )
        case "no_data":
            turn = yield from choose("bill_no_data", (Phrase.BILL_NO_DATA, Phrase.MENU_BILL_RESULT), LEAF_KEYS)
        case "down":
            turn = yield from choose("bill_down", (Phrase.BILLING_DOWN,), LEAF_KEYS)
    # A caller who has been served and says nothing is not a case for an agent.
    return Turn.FORWARD if turn == Turn.SILENT and statement.result == "ok" else turn


def spoken(number: str, statement: Bill) -> Prompts:
    """您查询的号码是…您十月的话费共计…您当前的可用余额为… (or 欠费)."""
    owed = max(statement.arrears, -statement.balance)
    return (
        Phrase.BILL_NUMBER_INTRO,
        *speak_digits(number, yao=True),
        Phrase.BILL_MONTH_INTRO,
        *speak_month(statement.month),
        Phrase.BILL_MONTH_TOTAL,
        *speak_money(statement.total),
        Phrase.BILL_ARREARS_INTRO if owed > 0 else Phrase.BILL_BALANCE_INTRO,
        *speak_money(owed if owed > 0 else statement.balance),
    )
