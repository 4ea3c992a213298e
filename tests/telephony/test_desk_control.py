"""The buttons of an agent and a supervisor over HTTP on the real line, and what the floor and the call's page tell."""

from collections.abc import Iterator
from typing import Any

import pytest

from hotline.outside.world import OutsideWorld
from tests.support.journeys import call_is_whole, still_talk, stored, talk
from tests.support.processes import eventually_async
from tests.support.stack import Desk, Line

pytestmark = pytest.mark.telephony


async def shows(boss: Desk, call_id: str, what: str, **expected: object) -> None:
    """The floor's row of the call has these values; nothing expected: there is no row."""

    async def is_so() -> bool:
        rows: list[dict[str, Any]] = (await boss.get("/floor")).json()["calls"]
        row = next((each for each in rows if each["call_id"] == call_id), {})
        return all(row.get(name) == value for name, value in expected.items()) if expected else not row

    await eventually_async(is_so, what, 10)


async def test_help_listening_and_an_attended_transfer(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    async with line.sign_in("8001") as agent, line.sign_in("8002") as second, line.sign_in("8101") as boss:
        customer, phone = await talk(outside, agent, next(callers))
        call_id = phone.hotline_call_id
        await still_talk(customer, phone)
        await second.work()
        await shows(boss, call_id, "the call is on the floor", state="talking", agent_no="8001", center_id="js")
        await agent.post(f"/calls/{call_id}/help", note="要主管")
        await boss.post(f"/supervision/calls/{call_id}/spy", mode="listen")
        ear = await outside.rung("8101")
        await ear.answered()
        listening = [{"supervisor": "8101", "mode": "listen", "hears": "8001"}]
        await shows(boss, call_id, "the supervisor listens", spies=listening, help=None)
        await boss.post(f"/supervision/calls/{call_id}/stop")
        await ear.ended()

        target = {"kind": "agent", "id": "8002"}
        assert "8002" in [each["id"] for each in (await agent.get("/targets?q=8002")).json()["agents"]]
        await agent.post(f"/calls/{call_id}/consult", to=target)
        asked = await outside.rung("8002")
        await asked.answered()
        await shows(boss, call_id, "8002 is asked", state="consulting", consulting="8002", spies=[])
        await agent.post(f"/calls/{call_id}/consult/complete")
        await phone.ended()
        await agent.reaches("wrap_up")
        await shows(boss, call_id, "8002 has the caller", state="talking", agent_no="8002")
        await second.post(f"/calls/{call_id}/end", survey=False)
        await customer.ended()
        await call_is_whole(boss, call_id, "8002")
        await shows(boss, call_id, "the call has left the floor")
        call = await stored(boss, call_id)
    assert [leg["agent_no"] for leg in call["legs"]] == ["8001", "8002"]
    assert sum(leg["talk_ms"] for leg in call["legs"]) == call["talk_ms"] > 1000
    assert call["legs"][0]["consult_ms"] > 0
    kinds = [step["kind"] for step in call["story"] if step["kind"] != "recording"]
    assert kinds == ["help", "spied", "spied", "consulting", "transferred", "consult_over"]
    assert call["decisions"][0]["agent_no"] == "8001"
    assert {reason["code"] for reason in call["decisions"][0]["why"]} >= {"first_in_queue", "ready"}
