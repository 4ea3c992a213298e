"""Alerts of tickets on their way to the desks: each told once, however many wait unseen; late ones are not lost."""

from datetime import timedelta
from typing import Any, cast

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.live import Hub
from agent_api.tickets import alerts
from agent_api.tickets.alerts import COMMITTED_WITHIN, AlertTeller
from agent_api.tickets.models import TicketAlert, TicketRow
from tests.component.agent_api.harness import NOW, Desk

pytestmark = pytest.mark.component


class Screen:
    """Stands for the hub."""

    def __init__(self) -> None:
        self.shown: list[int] = []

    def ticket_alert(self, _agent_no: str, alert: dict[str, Any]) -> None:
        self.shown.append(alert["id"])


async def write(desk: Desk, *numbers: int) -> None:
    async with desk.context.db.write() as session:
        ticket_no = (await session.scalars(select(TicketRow.ticket_no).limit(1))).one()
        session.add_all(
            TicketAlert(alert_id=each, agent_no="8001", ticket_no=ticket_no, kind="urged", data={}, at=NOW)
            for each in numbers
        )


async def test_an_alert_is_told_once_and_a_late_one_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    screen, db = Screen(), desk.context.db
    teller = AlertTeller(db, cast(Hub, screen), desk.clock)
    desk.clock.move(minutes=10)
    await teller.look()
    assert screen.shown == [], "what was there long before the start"
    await write(desk, 9001, 9003)
    await teller.look()
    await write(desk, 9002)
    await teller.look()
    assert screen.shown == [9001, 9003, 9002], "its number was given before 9003 was seen"
    desk.clock.now += COMMITTED_WITHIN + timedelta(seconds=1)
    await teller.look()
    async with db.read() as session:
        assert await alerts.unseen_after(session, 9001) == [9002, 9003], "nobody has seen them"
    asked: list[int] = []

    async def nothing(_session: AsyncSession, after: int) -> list[int]:
        asked.append(after)
        return []

    monkeypatch.setattr(alerts, "unseen_after", nothing)
    await teller.look()
    assert asked == [9003], "and yet they are not read again"
    assert screen.shown == [9001, 9003, 9002]
