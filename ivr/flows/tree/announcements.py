"""Notices switched on for a while (a mass fault, the settlement days): spoken at their place, once a call."""

from acd.contracts.menu.tree import Announcement
from ivr.flows.session import Session
from ivr.steps import Flow, Play, ask


def waiting_at(session: Session, place: str) -> list[Announcement]:
    return [
        one
        for one in session.caller.announcements
        if one.place == place and f"announcement {one.announcement_id}" not in session.heard
    ]


def announce(session: Session, place: str) -> Flow[None]:
    for one in waiting_at(session, place):
        session.heard.add(f"announcement {one.announcement_id}")
        yield from ask(Play(one.prompts, one.barge_in))
