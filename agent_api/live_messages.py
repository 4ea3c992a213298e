"""Numbered live messages and who gets which: each is written once, and says what a viewer may see of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from acd.contracts.events import CallbackBooked, CallConsulting, CallOffered, CallTransferred, Event
from acd.contracts.vocabulary import TargetKind
from agent_api.agents.board import BoardNotice
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.masking import mask_number

Json = dict[str, Any]


class Viewer:
    """Whoever looks at a desk."""

    def __init__(self, who: Principal, desk: str | None = None) -> None:
        self.desk = desk
        """The desk's own name for itself, when it watches over an agent's sign-in."""
        self.see_as(who)

    def see_as(self, who: Principal) -> None:
        """From now on with these rights."""
        self.who = who
        self.sees_calls = who.may(Permission.WALLBOARD)
        self.sees_floor = who.may(Permission.FLOOR_READ)
        self.sees_alarms = who.may(Permission.ACCESS_ALARMS)

    def sees_center(self, center_id: str) -> bool:
        return center_id in self.who.visible_centers

    def sees_row(self, row: Mapping[str, Any]) -> bool:
        """A call on the floor; one whose centre nobody knows is for every supervisor."""
        return self.sees_floor and (not row["center_id"] or self.sees_center(row["center_id"]))

    def is_told(self, notice: BoardNotice) -> bool:
        return self.who.center.center_id in notice.centers and notice.queue in (None, *self.who.queues)


class Message(Protocol):
    @property
    def event_id(self) -> int: ...

    def text_of(self, viewer: Viewer) -> str | None:
        """What this viewer may see of it."""


@dataclass(frozen=True, slots=True)
class ForAll:
    event_id: int
    text: str

    def text_of(self, _viewer: Viewer) -> str | None:
        return self.text


@dataclass(frozen=True, slots=True)
class OfAgent:
    """An agent's state: for the agent, and whoever sees the centre."""

    event_id: int
    text: str
    agent_no: str
    center_id: str

    def text_of(self, viewer: Viewer) -> str | None:
        mine = viewer.who.agent_no == self.agent_no
        return self.text if mine or viewer.sees_center(self.center_id) else None


@dataclass(frozen=True, slots=True)
class OfCall:
    """An event: for who sees all calls, and in clear for the agent concerned."""

    event_id: int
    text: str
    owner: str | None
    own: str

    def text_of(self, viewer: Viewer) -> str | None:
        if viewer.who.agent_no == self.owner:
            return self.own
        return self.text if viewer.sees_calls else None


@dataclass(frozen=True, slots=True)
class ForOne:
    """For one agent's desks; with `but_desk` for all of them but this one."""

    event_id: int
    text: str
    agent_no: str
    but_desk: str | None = None

    def text_of(self, viewer: Viewer) -> str | None:
        if viewer.who.agent_no != self.agent_no:
            return None
        if self.but_desk is not None and viewer.desk in (None, self.but_desk):
            return None
        return self.text


@dataclass(frozen=True, slots=True)
class OnFloor:
    """A call's row changed; who saw it before and may not any more is told that it is gone."""

    event_id: int
    before: Json | None
    after: Json | None
    text: str
    gone: str

    def text_of(self, viewer: Viewer) -> str | None:
        if self.after is not None and viewer.sees_row(self.after):
            return self.text
        return self.gone if self.before is not None and viewer.sees_row(self.before) else None


@dataclass(frozen=True, slots=True)
class OfAlarm:
    """For those who follow alarms of this centre up."""

    event_id: int
    text: str
    center_id: str

    def text_of(self, viewer: Viewer) -> str | None:
        return self.text if viewer.sees_alarms and viewer.sees_center(self.center_id) else None


@dataclass(frozen=True, slots=True)
class Told:
    event_id: int
    text: str
    notice: BoardNotice

    def text_of(self, viewer: Viewer) -> str | None:
        return self.text if viewer.is_told(self.notice) else None


@dataclass(frozen=True, slots=True)
class OfCenters:
    """Something of these centres is different: for who may see it there."""

    event_id: int
    text: str
    permission: Permission
    centers: frozenset[str]

    def text_of(self, viewer: Viewer) -> str | None:
        seen = any(viewer.sees_center(center_id) for center_id in self.centers)
        return self.text if seen and viewer.who.may(self.permission) else None


def written(message: Json) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def event_text(number: int, event: Event) -> str:
    return f'{{"type":"event","event_id":{number},"event":{event.model_dump_json()}}}'


def masked(event: Event) -> Event:
    """Without the numbers of people outside."""
    match event:
        case CallOffered():
            return event.model_copy(update={"caller_number": mask_number(event.caller_number)})
        case CallbackBooked():
            return event.model_copy(update={"number": mask_number(event.number)})
        case CallTransferred(to_kind=TargetKind.EXTERNAL) | CallConsulting(to_kind=TargetKind.EXTERNAL):
            return event.model_copy(update={"to": mask_number(event.to)})
        case _:
            return event
