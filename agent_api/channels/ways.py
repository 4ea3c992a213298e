"""Where a contact is answered: its own channel first, then what else is known of the customer. Pure."""

import re

from agent_api.messages.outgoing import Channel, Route

MOBILE = re.compile(r"1[3-9][0-9]{9}")
NUMBER = re.compile(r"[0-9]{3,15}")


def routes(channel: str, address: str, number: str, email: str = "", postal: str = "") -> tuple[Route, ...]:
    """For a whole reply. `number`: of contact; `email`, `postal`: on record."""
    text = [Route(Channel.SMS, each) for each in (number, address) if MOBILE.fullmatch(each)][:1]
    mail = [Route(Channel.EMAIL, each) for each in (address, email) if "@" in each][:1]
    fax = [Route(Channel.FAX, address)] if channel == "fax" and NUMBER.fullmatch(address) else []
    post = [Route(Channel.POST, each) for each in ((address if channel == "letter" else ""), postal) if each][:1]
    match channel:
        case "email":
            return (*mail, *text, *post)
        case "fax":
            return (*fax, *text, *mail, *post)
        case "letter":
            return (*post, *text, *mail)
        case _:
            return (*text, *mail, *post)


def short_routes(channel: str, address: str, number: str, email: str = "") -> tuple[Route, ...]:
    """For a line or two (an acknowledgement): never by post, and to a fax machine only if it is no telephone."""
    found = tuple(each for each in routes(channel, address, number, email) if each.channel is not Channel.POST)
    if channel == "fax" and MOBILE.fullmatch(address):
        return tuple(each for each in found if each.channel is not Channel.FAX)
    return found


def others(used: str, found: tuple[Route, ...]) -> tuple[Route, ...]:
    """What is left when one channel did not work."""
    return tuple(each for each in found if each.channel.value != used)
