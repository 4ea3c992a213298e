"""Keys between installations are changed without a gap: old and new are believed until the old one is dropped."""

import httpx
import pytest

from agent_api.exchange import keys, service, signing
from agent_api.exchange.http_link import MESSAGES
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component
OLD, NEW = "old-" + "x" * 40, "new-" + "y" * 40


async def joined(desk: Desk) -> None:
    async with desk.context.db.write() as session:
        await service.join(session, "west", "http://west", OLD, ["sc", "sc-cd", "sc-my"], desk.clock())


async def said(desk: Desk, key: str) -> int:
    """What a message signed with this key is answered: 422 is a message that was believed, though it says nothing."""
    headers = signing.headers(key, "west", MESSAGES, desk.clock(), b"{}")
    async with desk.client() as client:
        answer: httpx.Response = await client.post(MESSAGES, content=b"{}", headers=headers)
    return answer.status_code


async def test_either_key_is_believed_until_the_old_one_is_dropped(desk: Desk) -> None:
    await joined(desk)
    assert [await said(desk, OLD), await said(desk, NEW)] == [422, 401]
    steps = (
        (lambda peer: keys.offer(peer, NEW), [422, 422], OLD),
        (lambda peer: keys.switch(peer, desk.clock()), [422, 422], NEW),
        (keys.drop, [401, 422], NEW),
    )
    for step, believed, used in steps:
        async with desk.context.db.write() as session:
            step(await service.peer(session, "west"))
        assert [await said(desk, OLD), await said(desk, NEW)] == believed
        async with desk.context.db.read() as session:
            assert [each.key for each in await service.peers(session)] == [used]


async def test_a_key_is_warned_of_two_weeks_before_its_end_and_is_too_old_at_it(desk: Desk) -> None:
    await joined(desk)
    for days, standing in ((165, "good"), (1, "due"), (13, "due"), (1, "too_old")):
        desk.clock.move(days=days)
        async with desk.signed_in("8101") as client:
            [peer] = (await client.get("/api/v1/exchange")).json()["peers"]
        assert (peer["key_standing"], peer["key_due"]) == (standing, standing != "good")
    assert peer["key_days"] == 180
    async with desk.context.db.write() as session:
        found = await service.peer(session, "west")
        keys.offer(found, NEW)
        keys.switch(found, desk.clock())
    async with desk.signed_in("8101") as client:
        assert (await client.get("/api/v1/exchange")).json()["peers"][0]["key_due"] is False
