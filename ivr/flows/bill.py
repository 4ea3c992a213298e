"""话费查询: balance, charges of a month, package, payments, itemised list. Figures are spoken, never kept."""

import re
from collections.abc import Mapping

from acd.contracts.menu import tasks
from ivr.flows.dialog import MAX_TRIES, TaskOver, choose, say
from ivr.flows.leaf import refuse, tell
from ivr.flows.line import ANY_NUMBER, key_number
from ivr.flows.proof import proven_line
from ivr.flows.session import Session
from ivr.flows.task import Job
from ivr.lookups.accounts import Account, Bill, FetchAccount, FetchBill, SendCopy
from ivr.phrases import Phrase, Template
from ivr.speech.values import Count, Day, Digits, Money, Month, Saying
from ivr.steps import Flow, Prompts, ask

MONTH = re.compile(r"20[0-9]{2}(0[1-9]|1[0-2])")
PARTS: Mapping[str, Template] = {
    "rent": Template.PART_RENT,
    "calls": Template.PART_CALLS,
    "domestic": Template.PART_DOMESTIC,
    "international": Template.PART_INTERNATIONAL,
    "sms": Template.PART_SMS,
    "data": Template.PART_DATA,
    "other": Template.PART_OTHER,
}
NO_ACCOUNT: Mapping[str, Phrase] = {
    "unknown": Phrase.UNKNOWN_NUMBER,
    "expired": Phrase.EXPIRED_CARD,
    "ended": Phrase.SERVICE_ENDED,
}


def balance(session: Session, job: Job) -> Flow[None]:
    number, account = yield from account_of(session, job)
    copy = SendCopy(number, job.product, "balance", session.call.call_id)
    yield from tell(session, *spoken_balance(number, account), copy=copy)


def spoken_balance(number: str, account: Account) -> Prompts:
    """您查询的号码是…当前可用余额为… (or 欠费)."""
    owed = max(account.arrears, -account.balance)
    line = Digits(number)
    if owed > 0:
        words = [Saying(Template.ARREARS, {"number": line, "amount": Money(owed)})]
    else:
        words = [Saying(Template.BALANCE, {"number": line, "amount": Money(account.balance)})]
    if account.valid_until is not None:
        words.append(Saying(Template.VALID_UNTIL, {"day": Day(account.valid_until)}))
    if account.paid_until is not None:
        words.append(Saying(Template.PAID_UNTIL, {"day": Day(account.paid_until)}))
    return tuple(words)


def month(session: Session, job: Job) -> Flow[None]:
    number = yield from proven_line(session, job.product, job.level)
    bill = yield from ask(FetchBill(job.product, number))
    if bill.result != "ok":
        yield from refuse(Phrase.BILL_NO_DATA)
    copy = SendCopy(number, job.product, "month", session.call.call_id, month=bill.month)
    yield from tell(session, *spoken_bill(bill), copy=copy)


def history(session: Session, job: Job) -> Flow[None]:
    number = yield from proven_line(session, job.product, job.level)
    for _ in range(MAX_TRIES):
        keyed = yield from key_number(Phrase.ASK_MONTH, MONTH, 6)
        bill = yield from ask(FetchBill(job.product, number, f"{keyed[:4]}-{keyed[4:]}"))
        if bill.result == "ok":
            copy = SendCopy(number, job.product, "history", session.call.call_id, month=bill.month)
            yield from tell(session, *spoken_bill(bill), copy=copy)
        if bill.result != "too_old":
            yield from refuse(Phrase.BILL_NO_DATA)
        yield from say(Phrase.ONLY_SIX_MONTHS)
    raise TaskOver(tasks.FAILED)


def spoken_bill(bill: Bill) -> Prompts:
    """您十月的话费共计…，其中…: what costs nothing is left out."""
    total = Saying(Template.BILL_TOTAL, {"month": Month(bill.month), "amount": Money(bill.total)})
    parts = (Saying(PARTS[part.kind], {"amount": Money(part.amount)}) for part in bill.parts if part.amount > 0)
    return (total, *parts)


def package(session: Session, job: Job) -> Flow[None]:
    number, account = yield from account_of(session, job)
    left = (account.minutes_left, account.mb_left, account.messages_left)
    if not any(left):
        yield from refuse(Phrase.NO_PACKAGE)
    minutes, data, messages = (Count(amount or 0) for amount in left)
    words = Saying(Template.PACKAGE, {"minutes": minutes, "data": data, "messages": messages})
    yield from tell(session, words, copy=SendCopy(number, job.product, "package", session.call.call_id))


def payments(session: Session, job: Job) -> Flow[None]:
    number, account = yield from account_of(session, job)
    if not account.payments:
        yield from tell(session, Phrase.NO_PAYMENTS)
    words = (Saying(Template.PAYMENT, {"day": Day(one.day), "amount": Money(one.amount)}) for one in account.payments)
    copy = SendCopy(number, job.product, "payments", session.call.call_id)
    yield from tell(session, Phrase.PAYMENTS_INTRO, *words, copy=copy)


def itemised_list(session: Session, job: Job) -> Flow[None]:
    """Never spoken: it goes to a machine or to the address on record."""
    number = yield from proven_line(session, job.product, job.level)
    channel = yield from choose((Phrase.LIST_CHANNEL,), {"1": "fax", "2": "email", "3": "post"})
    fax = (yield from key_number(Phrase.ASK_LIST_FAX, ANY_NUMBER, 20)) if channel == "fax" else None
    copy = SendCopy(number, job.product, "list", session.call.call_id, channel, fax_number=fax)
    result = (yield from ask(copy)).result
    if result != "ok":
        yield from refuse(Phrase.NO_ADDRESS if result == "no_address" else Phrase.COPY_FAILED)
    yield from tell(session, Phrase.COPY_SENT)


def account_of(session: Session, job: Job) -> Flow[tuple[str, Account]]:
    """The proven line and its account; the task is over when there is none."""
    number = yield from proven_line(session, job.product, job.level)
    account = yield from ask(FetchAccount(job.product, number))
    if account.result != "ok":
        yield from refuse(NO_ACCOUNT.get(account.result, Phrase.BILL_NO_DATA))
    return number, account
