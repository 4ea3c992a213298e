"""Where recordings are kept: a local folder or an S3-compatible service, by the same library. Only this file knows it.

Whatever goes wrong there is `Unavailable`: the caller keeps what it has and tries again.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import structlog
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, S3Store

from agent_api.errors import Unavailable
from agent_api.recordings import sealing
from agent_api.recordings.settings import RecordingSettings, S3Settings

log = structlog.get_logger(__name__)
ResultT = TypeVar("ResultT")
ANSWER_WITHIN = timedelta(seconds=10)
PIECE = 256 * 1024


class Vault:
    """Puts files away, encrypted if there is a key, and reads any part of them."""

    def __init__(self, settings: RecordingSettings) -> None:
        self._settings = settings
        self._key = settings.key_bytes

    @cached_property
    def _store(self) -> ObjectStore:
        """Opened when it is needed first: a process starts without its store."""
        return _s3(self._settings.s3) if self._settings.s3.bucket else _local(self._settings.folder)

    @property
    def seals(self) -> bool:
        return bool(self._key)

    async def put(self, name: str, file: Path) -> None:
        if not self._key:
            await _done(lambda: self._store.put_async(name, file))
            return
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".sealed-") as folder:
            sealed = Path(folder) / "sealed"
            await asyncio.to_thread(sealing.seal, file, sealed, self._key)
            await _done(lambda: self._store.put_async(name, sealed))

    async def pieces(self, name: str, size: int, start: int, end: int, sealed: bool) -> AsyncIterator[bytes]:
        """`start` to `end` (exclusive) of a file of this size."""
        for begin in range(start, end, PIECE):
            yield await self._read(name, size, begin, min(begin + PIECE, end), sealed)

    async def _read(self, name: str, size: int, start: int, end: int, sealed: bool) -> bytes:
        if not sealed:
            return await self._range(name, start, end)
        header = await self._range(name, 0, sealing.HEADER)
        chunks = await self._range(name, *sealing.place(size, start, end))
        try:
            return sealing.unseal(header, chunks, self._key, size, start, end)
        except sealing.Broken as error:
            log.error("a stored recording cannot be decrypted", reason=str(error))
            raise Unavailable("recordings") from error

    async def _range(self, name: str, start: int, end: int) -> bytes:
        return bytes(await _done(lambda: self._store.get_range_async(name, start=start, end=end)))

    async def delete(self, name: str) -> None:
        """No error when it is gone already."""
        await _done(lambda: self._delete(name))

    async def _delete(self, name: str) -> None:
        with suppress(NotFoundError, FileNotFoundError):
            await self._store.delete_async(name)


def _local(folder: Path) -> ObjectStore:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LocalStore(folder)


def _s3(s3: S3Settings) -> ObjectStore:
    return S3Store(
        s3.bucket,
        endpoint=s3.endpoint or None,
        region=s3.region,
        access_key_id=s3.access_key,
        secret_access_key=s3.secret_key.get_secret_value(),
        virtual_hosted_style_request=False,
        client_options={"allow_http": s3.endpoint.startswith("http://"), "timeout": ANSWER_WITHIN},
        retry_config={"max_retries": 1, "retry_timeout": ANSWER_WITHIN},
    )


async def _done(work: Callable[[], Awaitable[ResultT]]) -> ResultT:
    try:
        return await work()
    except (BaseError, OSError) as error:
        log.warning("the store of recordings does not do its work", reason=type(error).__name__)
        raise Unavailable("recordings") from error
