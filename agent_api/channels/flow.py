"""The life of a written contact (requirements.md 2.9): step(state, fact) -> state by one table. Pure."""

from enum import StrEnum


class State(StrEnum):
    RECEIVED = "RECEIVED"
    PARSED = "PARSED"
    SPAM = "SPAM"
    UNREADABLE = "UNREADABLE"
    REGISTERED = "REGISTERED"
    AUTO_ACK = "AUTO_ACK"
    ASSIGNED = "ASSIGNED"
    PROCESSING = "PROCESSING"
    REPLY_DRAFT = "REPLY_DRAFT"
    APPROVED = "APPROVED"
    SENT = "SENT"
    BOUNCED = "BOUNCED"
    ARCHIVED = "ARCHIVED"


class Fact(StrEnum):
    """What happened to it; the wire name."""

    READ = "read"
    NOT_READABLE = "not_readable"
    ASKED_AGAIN = "asked_again"  # to send it once more
    JUDGED_SPAM = "judged_spam"
    JUDGED_HONEST = "judged_honest"
    REGISTERED = "registered"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    TAKEN_UP = "taken_up"
    DRAFTED = "drafted"
    REFUSED = "refused"  # the draft, by who should approve it
    APPROVED = "approved"
    SENT = "sent"
    BOUNCED = "bounced"
    SENT_OTHERWISE = "sent_otherwise"  # over another channel
    FILED = "filed"


class WrongState(Exception):
    """The table has no such pair."""


S, F = State, Fact

NEXT: dict[tuple[State, Fact], State] = {
    (S.RECEIVED, F.READ): S.PARSED,
    (S.RECEIVED, F.NOT_READABLE): S.UNREADABLE,
    (S.PARSED, F.JUDGED_SPAM): S.SPAM,
    (S.PARSED, F.NOT_READABLE): S.UNREADABLE,
    (S.PARSED, F.REGISTERED): S.REGISTERED,
    (S.PARSED, F.FILED): S.ARCHIVED,  # an answering machine's mail: kept, answered by nobody
    (S.SPAM, F.JUDGED_HONEST): S.PARSED,
    (S.SPAM, F.FILED): S.ARCHIVED,
    (S.UNREADABLE, F.ASKED_AGAIN): S.UNREADABLE,
    (S.UNREADABLE, F.READ): S.PARSED,  # a person could read it after all
    (S.UNREADABLE, F.FILED): S.ARCHIVED,
    (S.REGISTERED, F.ACKNOWLEDGED): S.AUTO_ACK,
    (S.REGISTERED, F.ASSIGNED): S.ASSIGNED,  # nobody to acknowledge it to
    (S.AUTO_ACK, F.ASSIGNED): S.ASSIGNED,
    (S.AUTO_ACK, F.BOUNCED): S.AUTO_ACK,
    (S.ASSIGNED, F.ASSIGNED): S.ASSIGNED,
    (S.ASSIGNED, F.TAKEN_UP): S.PROCESSING,
    (S.PROCESSING, F.ASSIGNED): S.ASSIGNED,
    (S.PROCESSING, F.DRAFTED): S.REPLY_DRAFT,
    (S.PROCESSING, F.FILED): S.ARCHIVED,  # answered by telephone, or needs no answer
    (S.REPLY_DRAFT, F.DRAFTED): S.REPLY_DRAFT,
    (S.REPLY_DRAFT, F.REFUSED): S.PROCESSING,
    (S.REPLY_DRAFT, F.APPROVED): S.APPROVED,
    (S.APPROVED, F.SENT): S.SENT,
    (S.SENT, F.BOUNCED): S.BOUNCED,
    (S.SENT, F.FILED): S.ARCHIVED,
    (S.SENT, F.TAKEN_UP): S.PROCESSING,  # another answer
    (S.BOUNCED, F.SENT_OTHERWISE): S.SENT,
    (S.BOUNCED, F.TAKEN_UP): S.PROCESSING,
    (S.ARCHIVED, F.TAKEN_UP): S.PROCESSING,
    (S.ARCHIVED, F.BOUNCED): S.BOUNCED,  # the news came late
}

OPEN = frozenset(State) - {S.SPAM, S.SENT, S.ARCHIVED}
"""Somebody still has to do something."""


def step(state: State, fact: Fact) -> State:
    try:
        return NEXT[state, fact]
    except KeyError:
        raise WrongState(f"{fact.value} in {state.value}") from None


def possible(state: State) -> list[Fact]:
    return [fact for fact in Fact if (state, fact) in NEXT]
