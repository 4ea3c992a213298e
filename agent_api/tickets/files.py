"""What a file may be that people attach to tickets: told by its content, never by its name. Pure."""

from collections.abc import Callable
from enum import StrEnum

LARGEST = 10 * 1024 * 1024
NAME_LENGTH = 120


class Kind(StrEnum):
    VOICE_MESSAGE = "voice_message"
    EVIDENCE = "evidence"
    MAIL = "mail"
    FAX = "fax"
    LETTER = "letter"


def _text(content: bytes) -> bool:
    try:
        decoded = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in decoded)


def _office(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in content


def _starts(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(signatures)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    # media type: (suffix, what its content looks like)
    "audio/wav": (".wav", lambda content: content[:4] == b"RIFF" and content[8:12] == b"WAVE"),
    "application/pdf": (".pdf", _starts(b"%PDF-")),
    "image/png": (".png", _starts(b"\x89PNG\r\n\x1a\n")),
    "image/jpeg": (".jpg", _starts(b"\xff\xd8\xff")),
    "image/tiff": (".tif", _starts(b"II*\0", b"MM\0*")),
    _WORD: (".docx", _office),
    _SHEET: (".xlsx", _office),
    "text/plain": (".txt", _text),
    "message/rfc822": (".eml", lambda content: len(content) > 0 and b"\0" not in content),
}


def is_what_it_says(media_type: str, content: bytes) -> bool:
    known = TYPES.get(media_type)
    return known is not None and known[1](content)


def suffix_of(media_type: str) -> str:
    return TYPES[media_type][0]


def shown_name(name: str) -> str:
    """The last part of what the sender called it, without signs that could mislead."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable() and sign not in '"<>')[-NAME_LENGTH:]
