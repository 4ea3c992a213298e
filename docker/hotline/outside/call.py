"""One telephone call as a person outside has it: press, speak, listen, hang up."""

import asyncio
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from hotline.ami import Ami, AmiError, Message

KEY_SECONDS = 0.15
_LOW, _HIGH = (697, 770, 852, 941), (1209, 1336, 1477)
TONES = {
    key: (low, high)
    for low, row in zip(_LOW, ("123", "456", "789", "*0#"), strict=True)
    for key, high in zip(row, _HIGH, strict=True)
}


class OutsideCall:
    """Made by OutsideWorld. Everything heard since the answer is in `heard`, everything said in `said`."""

    def __init__(self, ami: Ami, name: str, unique_id: str, number: str, recordings: Path) -> None:
        self._ami, self.name, self.unique_id, self.number = ami, name, unique_id, number
        self.heard = recordings / f"{name}-heard.wav"
        self.said = recordings / f"{name}-said.wav"
        self.page = recordings / f"{name}.tif"
        """What came by fax."""
        self.fax_status = ""
        self.sends_tones = False
        """Keys travel in the speech, not as events."""
        self.channel = ""
        self.hotline_call_id = ""
        """The hotline's call id as shown to a rung telephone (header X-Call-Id)."""
        self.shown_number = ""
        self.referred: list[str] = []
        """What the other side said to each request to transfer: SUCCESS when it took it on."""
        self.hangup_cause: int | None = None
        self._answered, self._ended = asyncio.Event(), asyncio.Event()

    @property
    def is_up(self) -> bool:
        return self._answered.is_set() and not self._ended.is_set()

    @property
    def is_over(self) -> bool:
        return self._ended.is_set()

    async def answered(self, within: float = 10) -> "OutsideCall":
        """Wait until both sides are connected; raises AmiError when the call ended instead."""
        waits = [asyncio.create_task(event.wait()) for event in (self._answered, self._ended)]
        await asyncio.wait(waits, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        if not self._answered.is_set():
            what = f"ended with cause {self.hangup_cause}" if self.is_over else f"not answered within {within} s"
            raise AmiError(f"call {self.name}: {what}")
        return self

    async def ended(self, within: float = 10) -> int:
        """Wait until the call is over; returns the Q.850 cause."""
        try:
            async with asyncio.timeout(within):
                await self._ended.wait()
        except TimeoutError as error:
            raise TimeoutError(f"call {self.name} is still up after {within} s") from error
        return self.hangup_cause or 0

    async def press(self, keys: str, *, gap_seconds: float = 0.12) -> None:
        """Press keys one after another, each 120 ms long, sent the way this telephone does."""
        for key in keys:
            if self.sends_tones:
                await self._sound(key)
                continue
            await self._ami.action("PlayDTMF", Channel=self.channel, Digit=key, Duration=120)
            await asyncio.sleep(0.12 + gap_seconds)

    async def _sound(self, key: str) -> None:
        """A key as two tones in the speech itself. (Asterisk's own in-band keys were not recognised by another one.)"""
        low, high = TONES[key]
        tones = f"!{low}+{high}/{round(1000 * KEY_SECONDS)},!0/200"
        await self._ami.action("Setvar", Channel=self.channel, Variable="TONE", Value=tones)
        await self._go("tone")
        await asyncio.sleep(KEY_SECONDS + 0.3)

    async def speak(self, sound: Path) -> None:
        """Say a sound file (8 kHz wav) once, from now on."""
        await self._ami.action("Setvar", Channel=self.channel, Variable="WORDS", Value=str(sound.with_suffix("")))
        await self._go("speak")

    async def play_tone(self, hertz: int) -> None:
        await self._ami.action("Setvar", Channel=self.channel, Variable="TONE", Value=str(hertz))
        await self._go("tone")

    async def start_fax(self) -> None:
        """Press the start key of the fax machine: receive pages from now on."""
        await self._go("fax")

    async def send_fax(self, page: Path) -> None:
        """Feed a page (TIFF) into the machine and press start."""
        await self._ami.action("Setvar", Channel=self.channel, Variable="PAGE", Value=str(page))
        await self._go("send-fax")

    async def refer(self, number: str) -> None:
        """Ask the other side by SIP REFER to connect it with this number, as a telephone's transfer key does."""
        with suppress(AmiError):  # loaded already
            await self._ami.action("ModuleLoad", Module="app_transfer.so", LoadType="load")
        await self._ami.action("Setvar", Channel=self.channel, Variable="NUMBER", Value=number)
        await self._go("refer")

    async def join(self, other: "OutsideCall") -> None:
        """Ask the other side to connect both ends of this telephone's two calls: REFER with Replaces."""
        call_id, mine, theirs = [await other.of_dialog(item) for item in ("call-id", "local_tag", "remote_tag")]
        await self.refer_replacing(other.number, call_id, to_tag=theirs, from_tag=mine)

    async def refer_replacing(self, number: str, call_id: str, *, to_tag: str, from_tag: str) -> None:
        replaces = quote(f"{call_id};to-tag={to_tag};from-tag={from_tag}", safe="")
        await self._ami.action("Setvar", Channel=self.channel, Variable="REPLACES", Value=replaces)
        await self.refer(number)

    async def of_dialog(self, item: str) -> str:
        """What names this call's SIP dialog: call-id, local_tag, remote_tag."""
        answer = await self._ami.action("Getvar", Channel=self.channel, Variable=f"CHANNEL(pjsip,{item})")
        return answer["Value"]

    async def be_silent(self) -> None:
        await self._go("listen")

    async def hang_up(self) -> None:
        """Hang up; no error when the other side was faster."""
        if self.is_over or not self.channel:
            return
        try:
            await self._ami.action("Hangup", Channel=self.channel, Cause=16)
        except AmiError:  # the channel is gone, and the event that says so is on its way; TimeoutError if it is not
            await self.ended(within=5)

    async def _go(self, what: str) -> None:
        await self._ami.action("Redirect", Channel=self.channel, Context="person", Exten=what, Priority=1)

    def observe(self, event: Message) -> None:
        """Called by the world with every event of this call's channel."""
        match event["Event"]:
            case "Newchannel":
                self.channel = event["Channel"]
            case "UserEvent" if event.get("UserEvent") == "PickedUp":  # connected, and the recording runs
                self._answered.set()
            case "UserEvent" if event.get("UserEvent") == "Faxed":
                self.fax_status = event.get("Status", "")
            case "UserEvent" if event.get("UserEvent") == "Referred":
                self.referred.append(event.get("Status", ""))
            case "Hangup":
                self.hangup_cause = int(event.get("Cause", 0))
                self._ended.set()
            case "OriginateResponse" if event.get("Response") != "Success" and not self.channel:
                self._ended.set()
