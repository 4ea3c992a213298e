"""People outside: dial the hotline as a customer, be rung as a debtor or agent, press keys, speak, hang up.

Drives the second Asterisk; knows nothing of the hotline's inside.
"""

import asyncio
import re
import secrets
from collections import defaultdict
from enum import StrEnum
from pathlib import Path

from hotline.ami import Ami, AmiError, Message
from hotline.outside.call import OutsideCall

ANYBODY = "any"
"""Stands for every outside number (not an agent's telephone) in `set_behaviour` and `rung`."""
SHORTEST_OUTSIDE_NUMBER = 7


class Behaviour(StrEnum):
    """What somebody does whose telephone rings."""

    ANSWER = "answer"
    VOICEMAIL = "voicemail"
    IGNORE = "ignore"
    BUSY = "busy"
    REJECT = "reject"
    POWERED_OFF = "powered-off"
    NO_SUCH_NUMBER = "no-such-number"
    CONGESTION = "congestion"
    FAX = "fax"


class Keys(StrEnum):
    """How the customer's telephone sends keys; the value is the endpoint that does so."""

    RFC4733 = "hotline"
    INFO = "hotline-info"
    IN_BAND = "hotline-inband"


class OutsideWorld:
    """Use `connect`. One object per outside instance."""

    def __init__(self, recordings: Path) -> None:
        self.recordings = recordings
        self.calls: dict[str, OutsideCall] = {}
        """Every call of this world, ended ones too, by its channel's unique id."""
        self._rings: dict[str, asyncio.Queue[OutsideCall]] = defaultdict(asyncio.Queue)
        self._ami: Ami | None = None
        self._told: set[str] = set()

    @classmethod
    async def connect(cls, port: int, secret: str, recordings: Path) -> "OutsideWorld":
        world = cls(recordings)
        world._ami = await Ami.connect(port, "outside", secret, world._on_event)
        return world

    async def close(self) -> None:
        await self.ami.close()

    @property
    def ami(self) -> Ami:
        if self._ami is None:
            raise AmiError("not connected")
        return self._ami

    @property
    def is_lost(self) -> bool:
        """The outside world's Asterisk is gone."""
        return self.ami.is_lost

    async def dial(
        self,
        caller: str,
        number: str = "10010",
        *,
        keys: Keys = Keys.RFC4733,
        ring_seconds: float = 30,
        telephone: str = "",
    ) -> OutsideCall:
        """Dial a hotline number, or with an agent's desk `telephone` (its number) a colleague.

        Returns at once; use `call.answered()` to wait for the hotline to pick up.
        """
        spelt = re.sub(r"[^0-9A-Za-z]", "", caller)[:20]  # a caller may show anything as a number
        name = f"{spelt}-{secrets.token_hex(5)}"  # recordings of other runs and worlds lie in the same folder
        unique_id = f"outside-{name}"
        call = OutsideCall(self.ami, name, unique_id, caller, self.recordings)
        endpoint = f"phone-{telephone}" if telephone else keys
        call.sends_tones = keys is Keys.IN_BAND
        self.calls[unique_id] = call
        await self.ami.action(
            "Originate",
            Channel=f"PJSIP/{number}@{endpoint}",
            ChannelId=unique_id,
            Context="customer",
            Exten="s",
            Priority=1,
            CallerID=f"<{caller}>",
            Variable=f"NAME={name}",
            Timeout=int(ring_seconds * 1000),
            Async="true",
        )
        return call

    async def hang_up_all(self) -> None:
        """End every call of this world and wait until they are gone."""
        calls = [call for call in self.calls.values() if call.channel and not call.is_over]
        for call in calls:
            await call.hang_up()
        for call in calls:
            await call.ended()

    async def rung(self, number: str, within: float = 15) -> OutsideCall:
        """Wait until the hotline rings this number (a debtor's, or an agent's telephone) and return that call."""
        try:
            async with asyncio.timeout(within):
                return await self._rings[number].get()
        except TimeoutError as error:
            raise TimeoutError(f"{number} was not rung within {within} s") from error

    async def set_behaviour(
        self, number: str, behaviour: Behaviour, *, after_seconds: float = 0.3, says: Path | None = None
    ) -> None:
        """Decide what happens when `number` rings from now on. `says` is a sound file, repeated during the call."""
        self._told.add(number)
        await self._set_global(f"DO_{number}", behaviour.value)
        await self._set_global(f"AFTER_{number}", str(after_seconds))
        await self._set_global(f"SAYS_{number}", str(says.with_suffix("")) if says else "")

    async def forget_behaviours(self) -> None:
        """Everybody told to behave in some way answers again."""
        for number in self._told:
            for name in ("DO", "AFTER", "SAYS"):
                await self._set_global(f"{name}_{number}", "")
        self._told.clear()

    async def record_nothing(self) -> None:
        """From now on calls are not recorded: for demos, which would fill the disk."""
        await self._set_global("RECORD", "no")

    async def _set_global(self, name: str, value: str) -> None:
        await self.ami.action("Setvar", Variable=name, Value=value)

    def _on_event(self, event: Message) -> None:
        unique_id = event.get("Uniqueid", "")
        if event["Event"] == "UserEvent" and event.get("UserEvent") == "Rung":
            call = OutsideCall(self.ami, event["Name"], unique_id, event["Number"], self.recordings)
            call.channel, call.hotline_call_id, call.shown_number = (
                event["Channel"],
                event.get("CallId", ""),
                event.get("From", ""),
            )
            self.calls[unique_id] = call
            self._rings[call.number].put_nowait(call)
            if len(call.number) >= SHORTEST_OUTSIDE_NUMBER:
                self._rings[ANYBODY].put_nowait(call)
        elif known := self.calls.get(unique_id):
            known.observe(event)
