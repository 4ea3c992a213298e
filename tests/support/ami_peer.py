"""A scripted Asterisk manager on a real socket, for the faults a real one will not produce on demand."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime

from pydantic import SecretStr

from acd.adapters.ami import parse
from acd.settings import NodeSettings

Headers = Mapping[str, str]
BANNER = b"Asterisk Call Manager/11.0.0\r\n"


class AmiPeer:
    """Answers every action with Success unless told otherwise; remembers each, over all connections."""

    def __init__(self) -> None:
        self.actions: list[dict[str, str | list[str]]] = []
        self.legs: list[Headers] = []
        self.members: list[Headers] = []
        self.connections = 0
        self.port = 0
        self.mute = False
        """Reads and never answers, as a hung Asterisk does."""
        self.refuse_login = False
        self.unanswered: set[str] = set()
        """Names of actions that get no answer."""
        self.errors: set[str] = set()
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def start(self) -> "AmiPeer":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def stop(self) -> None:
        await self.drop()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def drop(self) -> None:
        """Cut every connection."""
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0)

    @property
    def node(self) -> NodeSettings:
        return NodeSettings(name="n1", host="127.0.0.1", port=self.port, username="acd", secret=SecretStr("secret"))

    def names(self) -> list[str]:
        """Actions other than the link's own."""
        return [str(a["Action"]) for a in self.actions if a["Action"] not in ("Login", "Ping", "Status", "QueueStatus")]

    def sent(self, name: str) -> list[dict[str, str | list[str]]]:
        return [action for action in self.actions if action["Action"] == name]

    # ---- out ----------------------------------------------

    def say(self, event: str, **headers: str) -> None:
        self.say_raw(message({"Event": event, "Timestamp": f"{datetime.now(UTC).timestamp():.6f}", **headers}))

    def say_raw(self, raw: bytes) -> None:
        for writer in self._writers:
            writer.write(raw)

    async def say_in_bits(self, raw: bytes) -> None:
        """One byte a packet."""
        for number in range(len(raw)):
            self.say_raw(raw[number : number + 1])
            for writer in self._writers:
                await writer.drain()
            await asyncio.sleep(0)

    def user_event(self, name: str, call_id: str, channel: str = "PJSIP/trunk-1", **headers: str) -> None:
        self.say("UserEvent", UserEvent=name, CallId=call_id, Channel=channel, **headers)

    def channel_event(self, event: str, channel: str, call_id: str, **headers: str) -> None:
        known = {"Channel": channel, "Uniqueid": f"n1-{channel}", "ChanVariable": f"CC_CALL_ID={call_id}"}
        self.say(event, **(known | headers))

    def dial_event(self, event: str, phone: str, call_id: str, **headers: str) -> None:
        """Between the customer's channel and an agent's phone."""
        known = {"DestChannel": phone, "DestUniqueid": f"n1-{phone}", "DestChanVariable": f"CC_CALL_ID={call_id}"}
        self.say(event, Channel="PJSIP/trunk-1", Uniqueid="n1-PJSIP/trunk-1", **(known | headers))

    # ---- in -----------------------------------------------

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.add(writer)
        writer.write(BANNER)
        try:
            while True:
                raw = await reader.readuntil(b"\r\n\r\n")
                action = dict(parse(raw[:-4]))
                self.actions.append(action)
                if not self.mute:
                    self._answer(writer, action)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    def _answer(self, writer: asyncio.StreamWriter, action: Mapping[str, str | list[str]]) -> None:
        name, action_id = str(action["Action"]), str(action.get("ActionID", ""))
        if name in self.unanswered:
            return
        refused = name in self.errors or (name == "Login" and self.refuse_login)
        response = {"Response": "Error" if refused else "Success", "ActionID": action_id, "Message": "scripted"}
        writer.write(message(response))
        if name == "Login" and not refused:
            writer.write(message({"Event": "FullyBooted", "Status": "Fully Booted"}))
        if name == "QueueStatus":
            for member in self.members:
                writer.write(message({"Event": "QueueMember", "ActionID": action_id, **member}))
        if name == "Status":
            for leg in self.legs:
                writer.write(message({"Event": "Status", "ActionID": action_id, **leg}))
            writer.write(message({"Event": "StatusComplete", "ActionID": action_id, "EventList": "Complete"}))


def message(headers: Headers) -> bytes:
    return ("".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n").encode()


def live_channel(channel: str, call_id: str, context: str, *, state: str = "6", seconds: int = 60) -> Headers:
    return {
        "Channel": channel,
        "Uniqueid": f"n1-{channel}",
        "ChannelState": state,
        "CallerIDNum": "13900000001",
        "Context": context,
        "Seconds": str(seconds),
        "ChanVariable": f"CC_CALL_ID={call_id}",
        "Variable": "CC_QUEUE=general",
    }
