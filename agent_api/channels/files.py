"""Files of contacts on disk: kept under their id, checked before anybody sees them, infected ones put apart."""

import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import structlog
from PIL import Image, UnidentifiedImageError
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.channels.arrivals import ArrivedFile
from agent_api.channels.models import Interaction, InteractionFile
from agent_api.errors import Invalid, NotFound
from agent_api.tickets import files as kinds

log = structlog.get_logger(__name__)
SHOWN = frozenset({"clean", "unchecked"})
PREVIEW_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class ContactFiles:
    folder: Path
    most: int

    def keep(
        self, session: AsyncSession, row: Interaction, arrived: Iterable[ArrivedFile], now: datetime
    ) -> list[InteractionFile]:
        """Those of a size and type we take, up to the most; the rest is named in the contact's note."""
        kept: list[InteractionFile] = []
        left_out: list[str] = []
        for each in arrived:
            raw = each.kind == kinds.Kind.MAIL  # the mail itself is no attachment of it
            if trouble := refusal_of(each) or ("" if raw or len(kept) < self.most else "too_many"):
                left_out.append(f"{kinds.shown_name(each.file_name) or each.kind} ({trouble})")
                continue
            kept.append(self._put(row, each, now))
        session.add_all(kept)
        if left_out:
            row.note = "; ".join(filter(None, (row.note, f"left out: {', '.join(left_out)}")))[:200]
        return kept

    def _put(self, row: Interaction, arrived: ArrivedFile, now: datetime) -> InteractionFile:
        file = InteractionFile(
            file_id=uuid4().hex,
            interaction_id=row.interaction_id,
            kind=arrived.kind,
            file_name=kinds.shown_name(arrived.file_name),
            media_type=arrived.media_type,
            size=len(arrived.content),
            pages=arrived.pages,
            state="waiting",
            finding="",
            attachment_id="",
            created_at=now,
        )
        self._write(self.path_of(file), arrived.content)
        return file

    def content_of(self, file: InteractionFile) -> bytes:
        """Only of what may be shown."""
        if file.state not in SHOWN:
            raise NotFound("file", file.file_id)
        return self.raw_content_of(file)

    def raw_content_of(self, file: InteractionFile) -> bytes:
        """For the scanner alone. Raises NotFound when it is gone."""
        try:
            return self.path_of(file).read_bytes()
        except FileNotFoundError:
            raise NotFound("file", file.file_id) from None

    def put_apart(self, file: InteractionFile) -> None:
        """Into quarantine: nothing of ours reads it again."""
        quarantine = self.folder / "quarantine"
        quarantine.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path_of(file).replace(quarantine / file.file_id)

    def path_of(self, file: InteractionFile) -> Path:
        return self.folder / file.file_id

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)


def refusal_of(arrived: ArrivedFile) -> str:
    """Why it is not taken; "" when it is."""
    if not arrived.content:
        return "empty"
    if len(arrived.content) > kinds.LARGEST:
        return "too_large"
    return "" if kinds.is_what_it_says(arrived.media_type, arrived.content) else "wrong_type"


def type_of(content: bytes, said: str) -> str:
    """The type told by the content where what was said does not fit."""
    if kinds.is_what_it_says(said, content):
        return said
    return next((media for media in kinds.TYPES if media not in _VAGUE and kinds.is_what_it_says(media, content)), said)


_VAGUE = frozenset({"text/plain", "message/rfc822"})


def checked(arrived: ArrivedFile) -> ArrivedFile:
    """The same, or Invalid: for who can be told at once."""
    if trouble := refusal_of(arrived):
        raise Invalid(f"attachment.{trouble}", {"allowed": sorted(kinds.TYPES), "largest": kinds.LARGEST})
    return arrived


def page_count(content: bytes) -> int:
    """Of an image; 0 when it cannot be read."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            return int(getattr(image, "n_frames", 1))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return 0


def preview(content: bytes, page: int) -> bytes:
    """One page of an image as PNG, in the proportions of paper (a fax has dots that are not square)."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.seek(page)
            across, down = (float(each) or 1.0 for each in image.info.get("dpi", (1, 1)))
            height = round(PREVIEW_WIDTH * image.height / image.width * across / down)
            small = image.convert("L").resize((PREVIEW_WIDTH, max(1, min(height, 4 * PREVIEW_WIDTH))))
    except (EOFError, UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise NotFound("page", str(page)) from None
    out = io.BytesIO()
    small.save(out, "PNG")
    return out.getvalue()
