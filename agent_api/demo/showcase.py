"""One call a day of each kind the traffic has not: passed on, helped, called back, gone to a message. Deterministic.

Its agents take no other calls of the demo, so that their states fit.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from acd.contracts.events import EVENT, Event
from agent_api.demo.subscribers import mobile_number

FIRST, SECOND, SUPERVISOR = "8005", "8012", "8101"
AGENTS = (FIRST, SECOND)
BEGINS = time(10, 3)
_CALLED_BACK = (22, 35, 47, 58, 69, 73, 86)
"""Each day another customer."""


class _Reel:
    """Events one after the other, numbered at the end."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.rows: list[dict[str, Any]] = []
        self._states = {FIRST: ("logged_out", at), SECOND: ("logged_out", at)}

    def add(self, kind: str, after: float, /, **fields: Any) -> None:
        self.at += timedelta(seconds=after)
        self.rows.append({"type": kind, "at": self.at, **fields})

    def state(self, agent: str, state: str, call: str | None = None) -> None:
        before, since = self._states[agent]
        self.add("agent.state_changed", 0, agent_id=agent, state=state, since=self.at, call_id=call,
                 previous_state=before, previous_since=since)  # fmt: skip
        self._states[agent] = (state, self.at)

    def waiting(self, call: str, customer: int, queue: str, **more: Any) -> None:
        number = mobile_number(customer)
        self.add("call.offered", 30, call_id=call, direction="inbound", did="10010", caller_number=number)
        self.add("call.ivr_answered", 1, call_id=call)
        self.add("call.identified", 0, call_id=call, customer_id=f"C{customer:06d}", auth_level=1)
        self.add("call.agent_requested", 9, call_id=call, queue=queue, reason="key")
        self.add("call.queued", 1, call_id=call, queue=queue, priority=0, position=1, **more)


def events(day: date, now: datetime, zone: ZoneInfo) -> list[Event]:
    """Of a day whose showcase is over by `now`; else none."""
    begins = datetime.combine(day, BEGINS, zone).astimezone(UTC)
    reel = _Reel(begins)
    for agent in AGENTS:
        reel.state(agent, "ready")
    _passed_on(reel, f"demo-{day:%Y%m%d}.passed")
    _called_back(reel, f"demo-{day:%Y%m%d}.back", _CALLED_BACK[day.toordinal() % len(_CALLED_BACK)])
    _left_a_message(reel, f"demo-{day:%Y%m%d}.message")
    for agent in AGENTS:
        reel.state(agent, "logged_out")
    if reel.at >= now - timedelta(minutes=1):
        return []
    stream = uuid5(NAMESPACE_URL, f"hotline-demo-showcase:{day}")
    return [
        EVENT.validate_python(row | {"event_id": uuid5(stream, str(seq)), "stream": stream, "seq": seq, "node": "demo"})
        for seq, row in enumerate(reel.rows, 1)
    ]


def _rings(reel: _Reel, call: str, agent: str, queue: str, waited: float) -> None:
    why = [
        {"code": "first_in_queue", "values": {"queue": queue, "waited": f"{waited:.1f}", "points": "0",
                                              "weighted": f"{waited:.1f}"}},
        {"code": "longest_idle", "values": {"seconds": "95"}},
        {"code": "ready", "values": {"count": "2"}},
    ]  # fmt: skip
    reel.state(agent, "ringing", call)
    reel.add("call.agent_ringing", 0, call_id=call, queue=queue, agent_id=agent, why=why,
             decision=f"first in {queue}; idle longest of its level (95 s); 2 ready")  # fmt: skip
    reel.add("call.connected", 4, call_id=call, queue=queue, agent_id=agent, wait_ms=round(waited * 1000) + 4000,
             ring_ms=4000)  # fmt: skip
    reel.state(agent, "talking", call)


def _passed_on(reel: _Reel, call: str) -> None:
    """8005 asks for help, is whispered to, asks 8012 and hands over."""
    reel.waiting(call, 21, "bill")
    _rings(reel, call, FIRST, "bill", 6)
    reel.add("call.help_wanted", 40, call_id=call, agent_id=FIRST, note="客户质疑增值业务扣费")
    reel.add("call.spied", 15, call_id=call, supervisor=SUPERVISOR, mode="whisper", hears=FIRST)
    reel.add("call.consulting", 35, call_id=call, agent_id=FIRST, to_kind="agent", to=SECOND)
    reel.add("call.consult_over", 20, call_id=call, agent_id=FIRST, end="transferred", consult_ms=20_000)
    note = "已核对身份,请复查9月增值业务"
    reel.add("call.transferred", 0, call_id=call, kind="attended", by=FIRST, to=SECOND, to_kind="agent", note=note)
    reel.state(FIRST, "wrap_up", call)
    reel.add("call.connected", 0, call_id=call, queue="bill", agent_id=SECOND, wait_ms=0, ring_ms=0)
    reel.add("call.spied", 0, call_id=call, supervisor=SUPERVISOR, mode="listen", hears=SECOND)
    reel.state(SECOND, "talking", call)
    reel.at += timedelta(seconds=25)
    reel.state(FIRST, "ready")
    reel.add("call.spied", 0, call_id=call, supervisor=SUPERVISOR, mode=None)
    reel.add("call.surveyed", 95, call_id=call, agent_id=SECOND, satisfaction=1)
    reel.add("call.ended", 1, call_id=call, hangup_side="customer", hangup_cause=16, agent_id=SECOND,
             talk_ms=90_000 + 120_000, hold_ms=0)  # fmt: skip
    reel.state(SECOND, "wrap_up", call)
    reel.at += timedelta(seconds=20)
    reel.state(SECOND, "ready")


def _called_back(reel: _Reel, call: str, customer: int) -> None:
    """Too long to wait: the caller keeps the place, and is called at the second try."""
    reel.waiting(call, customer, "general")
    place = reel.at
    reel.add("call.overflowed", 30, call_id=call, from_queue="general", to_queue="bill",
             reason={"code": "always", "values": {"seconds": "30"}})  # fmt: skip
    reel.add("call.queue_left", 40, call_id=call, queue="general", how="callback", wait_ms=70_000)
    promise = {"callback_id": call.replace(".", "-"), "queue": "general"}
    reel.add("callback.booked", 0, **promise, number=mobile_number(customer), call_id=call, place_at=place,
             expires_at=reel.at + timedelta(hours=4))  # fmt: skip
    reel.add("call.ended", 3, call_id=call, hangup_side="customer", hangup_cause=16)
    reel.add("callback.dialled", 60, **promise, attempt=1, agent_id=FIRST)
    again = reel.at + timedelta(minutes=10)
    reel.add("callback.missed", 30, **promise, attempt=1, cause="NO_ANSWER", next_at=again)
    reel.at = again
    reel.add("callback.dialled", 0, **promise, attempt=2, agent_id=FIRST)
    talk = f"{call}-talk"
    reel.add("call.offered", 12, call_id=talk, direction="outbound", did="10010", caller_number=mobile_number(customer))
    _rings(reel, talk, FIRST, "general", 0)
    reel.add("call.ended", 80, call_id=talk, hangup_side="agent", hangup_cause=16, agent_id=FIRST, talk_ms=80_000)
    reel.add("callback.closed", 0, **promise, end="talked", call_id=talk)
    reel.state(FIRST, "wrap_up", talk)
    reel.at += timedelta(seconds=15)
    reel.state(FIRST, "ready")


def _left_a_message(reel: _Reel, call: str) -> None:
    reel.waiting(call, 23, "complaint")
    reel.add("call.queue_left", 90, call_id=call, queue="complaint", how="message", wait_ms=90_000)
    reel.add("call.ended", 35, call_id=call, hangup_side="customer", hangup_cause=16)
