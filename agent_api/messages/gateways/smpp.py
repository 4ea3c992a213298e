"""SMS through an SMS centre: SMPP 3.4 (the only user of smpp34). Keeps the session up; hands in what comes back."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable

import smpp34
import structlog

from agent_api.messages.gateways import sms_text
from agent_api.messages.gateways.port import Letter
from agent_api.messages.gateways.sms_text import Receipt
from agent_api.messages.settings import SmppSettings
from agent_api.messages.workflow import Accepted, Fact, Refused

log = structlog.get_logger(__name__)

ANSWER_SECONDS = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
RECEIPT_FLAG = 0x3C
"""Bits of esm_class: not zero when the message is a receipt, not a customer's text."""
IN_VAIN = frozenset({0x01, 0x0B})
"""Answers that would be the same the next time: ESME_RINVMSGLEN, ESME_RINVDSTADR."""
RECEIPTED_MESSAGE_ID, MESSAGE_STATE = 0x001E, 0x0427
"""Optional parameters of a receipt."""

OnReceipt = Callable[[Receipt], Awaitable[None]]
OnText = Callable[[str, str], Awaitable[None]]


class SmppGateway:
    def __init__(self, settings: SmppSettings, on_receipt: OnReceipt, on_text: OnText) -> None:
        """`on_text` gets the number of who wrote, and the text."""
        self._settings = settings
        self._on_receipt = on_receipt
        self._on_text = on_text
        self._session: smpp34.Smsc | None = None
        self._references = itertools.count(1)

    @property
    def up(self) -> bool:
        return self._session is not None

    async def run(self) -> None:
        """Until cancelled: sign in, listen, and sign in again when the line was lost."""
        pause = FIRST_PAUSE
        while True:
            client = self._client()
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    self._session = await client.connect()
                log.info("signed in at the SMS centre")
                pause = FIRST_PAUSE
                await self._listen(self._session)
            except (smpp34.SmppError, OSError, TimeoutError, RuntimeError) as error:
                log.warning("no line to the SMS centre", error=type(error).__name__)
            finally:
                self._session = None
                await client.stop()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def send(self, letter: Letter) -> Fact:
        """The receipt of the last part counts for all: it is the last to arrive."""
        session = self._session
        if session is None:
            return Refused("no line to the SMS centre")
        pieces = sms_text.parts(letter.text, next(self._references))
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                for piece in pieces:
                    answer = await self._submit(session, letter.address, piece, piece is pieces[-1])
                    if not answer.is_success:
                        status = answer.command_status
                        return Refused(f"SMS centre said 0x{status:02x}", for_good=status in IN_VAIN)
        except (smpp34.SmppError, OSError, TimeoutError, RuntimeError, ValueError) as error:
            return Refused(f"SMS centre: {type(error).__name__}")
        return Accepted(answer.message_id, receipt_follows=True)

    async def _submit(self, session: smpp34.Smsc, number: str, piece: sms_text.Part, last: bool) -> smpp34.SubmitSmResp:
        return await session.submit_sm(
            number,
            piece.data,
            source_addr=self._settings.sender,
            dest_addr_ton=1 if number.startswith("86") else 2,
            dest_addr_npi=1,
            source_addr_ton=0,
            source_addr_npi=1,
            esm_class=piece.esm_class,
            data_coding=sms_text.UCS2,
            registered_delivery=1 if last else 0,
        )

    async def _listen(self, session: smpp34.Smsc) -> None:
        while isinstance(event := await session.next(), smpp34.DeliverSmEvent):
            try:
                await self._take(event)
            except Exception:
                log.exception("a message from the SMS centre could not be used")
        log.warning("the SMS centre hung up")

    async def _take(self, event: smpp34.DeliverSmEvent) -> None:
        if event.esm_class & RECEIPT_FLAG:
            extra = {each.tag: each for each in event.tlvs}
            receipted = extra.get(RECEIPTED_MESSAGE_ID)
            state = extra.get(MESSAGE_STATE)
            found = sms_text.receipt(
                event.short_message,
                receipted.as_string() if receipted else None,
                state.as_int() if state else None,
            )
            if found is not None and found.state not in sms_text.ON_THE_WAY:
                await self._on_receipt(found)
            return
        text = sms_text.inbound_text(event.short_message, event.data_coding, event.esm_class)
        await self._on_text(event.source_addr, text)

    def _client(self) -> smpp34.Client:
        settings = self._settings
        return smpp34.Client(
            settings.host,
            settings.port,
            settings.system_id,
            settings.password.get_secret_value(),
            bind_type="TRX",
            tls=settings.tls,
            connect_timeout_ms=int(ANSWER_SECONDS * 1000),
        )
