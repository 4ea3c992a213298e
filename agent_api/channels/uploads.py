"""Files that came by a form: read no further than they may be large, and refused at once when we do not take them."""

from collections.abc import Sequence

from fastapi import UploadFile

from agent_api.channels.arrivals import ArrivedFile
from agent_api.channels.files import checked, page_count, type_of
from agent_api.errors import Invalid
from agent_api.tickets.files import LARGEST


async def read(uploads: Sequence[UploadFile], kind: str, most: int) -> tuple[ArrivedFile, ...]:
    """Raises Invalid for too many, too large, or of a type that is not taken."""
    if len(uploads) > most:
        raise Invalid("attachment.too_many", {"most": most})
    return tuple([await _read(each, kind) for each in uploads])


async def _read(upload: UploadFile, kind: str) -> ArrivedFile:
    content = await upload.read(LARGEST + 1)
    media_type = type_of(content, upload.content_type or "")
    pages = page_count(content) if media_type.startswith("image/") else 0
    return checked(ArrivedFile(kind, upload.filename or "", media_type, content, pages))
