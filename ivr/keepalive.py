"""POSTs JSON over kept-alive HTTP/1.1 links. Knows nothing of what is asked.

A full client library costs some 2 ms of CPU a question here, more than all the rest of a call in the menu; this costs a
hundredth (see DECISIONS.md). It does only what talking to our own service on a near network needs: answers with a
Content-Length, no redirects, no cookies, no proxies.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from urllib.parse import urlsplit

HEAD_LIMIT = 64 * 1024
MAX_BODY = 16 * 1024 * 1024  # the menus of every centre at once
MAX_IDLE = 32

Link = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class ExchangeFailed(Exception):
    """No usable answer: no connection, cut off, or not the HTTP this client speaks."""


class _Stale(Exception):
    """The server had closed an idle link: nothing was read, the question may be asked again."""


class KeepAliveClient:
    """The caller sets the deadline, by asyncio.timeout around `post`."""

    def __init__(self, base_url: str, headers: Mapping[str, str]) -> None:
        address = urlsplit(base_url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ValueError(f"not an http address: {base_url}")
        self._tls = address.scheme == "https"
        self._host = address.hostname
        self._port = address.port or (443 if self._tls else 80)
        self._path = address.path.rstrip("/")
        fixed = {"Host": address.netloc, "Content-Type": "application/json", **headers}
        self._head = "".join(f"{name}: {value}\r\n" for name, value in fixed.items())
        self._idle: list[Link] = []

    async def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Returns status and body; raises ExchangeFailed."""
        head = f"POST {self._path}{path} HTTP/1.1\r\n{self._head}Content-Length: {len(body)}\r\n\r\n"
        request = head.encode() + body
        try:
            while self._idle:
                link = self._idle.pop()
                if link[0].at_eof() or link[1].is_closing():
                    link[1].close()
                    continue
                with contextlib.suppress(_Stale):
                    return await self._exchange(link, request)
            return await self._exchange(await self._connect(), request)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError, _Stale) as error:
            raise ExchangeFailed(type(error).__name__) from None

    async def close(self) -> None:
        while self._idle:
            self._idle.pop()[1].close()

    async def _connect(self) -> Link:
        return await asyncio.open_connection(self._host, self._port, ssl=self._tls or None, limit=HEAD_LIMIT)

    async def _exchange(self, link: Link, request: bytes) -> tuple[int, bytes]:
        reader, writer = link
        try:
            writer.write(request)
            try:
                raw = await reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError as error:
                raise error if error.partial else _Stale from None
            except ConnectionError:
                raise _Stale from None
            status, headers = _parsed(raw)
            body = await reader.readexactly(_length(headers))
        except BaseException:
            # Also when the deadline cancels us: a late answer must not meet the next question.
            writer.close()
            raise
        if headers.get("connection", "").lower() == "close" or len(self._idle) >= MAX_IDLE:
            writer.close()
        else:
            self._idle.append(link)
        return status, body


def _parsed(raw: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = raw.decode("latin-1").split("\r\n")
    version, status, *_ = first.split(" ")
    if version != "HTTP/1.1":
        raise ValueError("not HTTP/1.1")
    pairs = (line.split(":", 1) for line in lines if line)
    return int(status), {name.strip().lower(): value.strip() for name, value in pairs}


def _length(headers: Mapping[str, str]) -> int:
    length = int(headers["content-length"]) if "content-length" in headers else -1
    if not 0 <= length <= MAX_BODY:
        raise ValueError("no usable Content-Length")
    return length
