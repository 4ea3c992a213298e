"""When a look at a customer's record is nobody's business. Pure."""

from datetime import timedelta
from enum import StrEnum

AFTER_CALL = timedelta(minutes=30)
"""A call that ended this long ago still explains why its customer is looked at."""
ONE_LOOK = timedelta(minutes=30)
"""The same person and customer within this time is the same look."""


class AlarmKind(StrEnum):
    NO_CONTACT = "no_contact"
    WATCHED = "watched"
    UNMASK_LIMIT = "unmask_limit"


class Contact(StrEnum):
    """What explains a look at a customer."""

    CALL = "call"
    TICKET = "ticket"
    DUNNING = "dunning"


def alarm_of(contact: Contact | None, watched: bool) -> AlarmKind | None:
    """A watched record is an alarm with a contact, too."""
    if watched:
        return AlarmKind.WATCHED
    return AlarmKind.NO_CONTACT if contact is None else None
