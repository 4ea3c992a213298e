"""Takes due messages, fills in the words, hands them to their gateways and notes what came of it.

Any number of replicas may run one: a message is taken in a transaction of its own before it is sent.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from agent_api.db import Database
from agent_api.errors import DeskError
from agent_api.messages import service, workflow
from agent_api.messages.gateways.port import Gateway, Letter
from agent_api.messages.models import Message
from agent_api.messages.outgoing import Channel, Document
from agent_api.messages.templates import catalogue

log = structlog.get_logger(__name__)

AT_ONCE = 20
GIVE_UP_SECONDS = 60.0


class Sender:
    def __init__(
        self,
        db: Database,
        gateways: Mapping[Channel, Gateway],
        always: Mapping[str, str],
        clock: Callable[[], datetime],
    ) -> None:
        """`always`: values every template may use."""
        self._db = db
        self._gateways = gateways
        self._always = always
        self._clock = clock

    async def work(self) -> None:
        """Until nothing is due."""
        while await self.work_once():
            pass

    async def work_once(self) -> bool:
        """False when nothing was due."""
        async with self._db.glance() as session:
            if not await service.is_due(session, self._clock()):
                return False
        async with self._db.write() as session:
            taken = await service.take_due(session, self._clock(), AT_ONCE)
        await asyncio.gather(*(self._send(message) for message in taken))
        return True

    async def _send(self, message: Message) -> None:
        fact = await self._hand_over(message)
        async with self._db.write() as session:
            done = await service.tell(session, message.message_id, fact, self._clock())
        outcome = type(fact).__name__.lower()
        log.info("message", message_id=done.message_id, channel=message.channel, outcome=outcome, state=done.state)

    async def _hand_over(self, message: Message) -> workflow.Fact:
        gateway = self._gateways[Channel(message.channel)]
        try:
            async with asyncio.timeout(GIVE_UP_SECONDS):
                return await gateway.send(self.letter(message))
        except TimeoutError:
            return workflow.Refused("the gateway did not answer")
        except DeskError as error:
            return workflow.Refused(error.code)
        except Exception as error:
            log.error("a message could not be handed over", message_id=message.message_id, exc_info=error)
            return workflow.Refused(type(error).__name__)

    def letter(self, message: Message) -> Letter:
        template = catalogue()[message.template].worded(message.wording)
        values = {**self._always, **message.values}
        return Letter(
            message.message_id,
            message.address,
            template.subject(message.language, values),
            template.text(message.language, values),
            document_of(message),
            message.language,
            template.prompts(values),
            message.values.get("in_reply_to", ""),
        )


def document_of(message: Message) -> Document | None:
    if message.document is None:
        return None
    rows = tuple(tuple(row) for row in message.document["rows"])
    return Document(message.document["title"], tuple(message.document["columns"]), rows)
