"""Encrypted files of which any part can be read: AES-256-GCM in chunks, a key of its own for every file.

Each chunk's nonce is its number and whether it is the last one, so that chunks cannot be exchanged or cut off.
"""

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 64 * 1024
TAG = 16
SALT = 16
MARK = b"HLR1"
HEADER = len(MARK) + SALT


class Broken(ValueError):
    """Not what was stored, or another key."""


def seal(source: Path, target: Path, key: bytes) -> None:
    salt = os.urandom(SALT)
    cipher = _cipher(key, salt)
    last = _last_chunk(source.stat().st_size)
    with source.open("rb") as plain, target.open("wb") as sealed:
        sealed.write(MARK + salt)
        for number in range(last + 1):
            sealed.write(cipher.encrypt(_nonce(number, last), plain.read(CHUNK), None))


def place(size: int, start: int, end: int) -> tuple[int, int]:
    """Which bytes of the sealed file hold `start` to `end` (exclusive) of a plain file of this size."""
    first, last = start // CHUNK, (end - 1) // CHUNK
    return HEADER + first * (CHUNK + TAG), min(HEADER + (last + 1) * (CHUNK + TAG), sealed_size(size))


def sealed_size(size: int) -> int:
    return HEADER + size + (_last_chunk(size) + 1) * TAG


def unseal(header: bytes, chunks: bytes, key: bytes, size: int, start: int, end: int) -> bytes:
    """The plain bytes `start` to `end`; `chunks` are the bytes that `place` named."""
    if header[: len(MARK)] != MARK:
        raise Broken("not a sealed file")
    cipher = _cipher(key, header[len(MARK) : HEADER])
    first, last = start // CHUNK, _last_chunk(size)
    plain = bytearray()
    for offset in range(0, len(chunks), CHUNK + TAG):
        number = first + offset // (CHUNK + TAG)
        try:
            plain += cipher.decrypt(_nonce(number, last), chunks[offset : offset + CHUNK + TAG], None)
        except InvalidTag as error:
            raise Broken(f"chunk {number}") from error
    skip = start - first * CHUNK
    return bytes(plain[skip : skip + end - start])


def _last_chunk(size: int) -> int:
    return max(0, size - 1) // CHUNK


def _nonce(number: int, last: int) -> bytes:
    return number.to_bytes(11, "big") + bytes([number == last])


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"hotline recording").derive(key))
