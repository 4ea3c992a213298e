"""Proof that a request or an answer comes from the peer, unchanged and now: HMAC-SHA256. Pure."""

import hashlib
import hmac
from datetime import datetime, timedelta

PEER, TIME, SIGNATURE = "X-Exchange-Peer", "X-Exchange-Time", "X-Exchange-Signature"
SKEW = timedelta(minutes=5)
"""A recorded request is worthless after this; clocks may differ by less."""


def signature(key: str, purpose: str, at: str, body: bytes) -> str:
    """`purpose` keeps a signature from being used for something else: the path, or the request an answer belongs to."""
    return hmac.new(key.encode(), f"{purpose}\n{at}\n".encode() + body, hashlib.sha256).hexdigest()


def headers(key: str, own_name: str, purpose: str, now: datetime, body: bytes) -> dict[str, str]:
    at = now.isoformat()
    return {PEER: own_name, TIME: at, SIGNATURE: signature(key, purpose, at, body)}


def is_genuine(key: str, purpose: str, at: str, given: str, body: bytes, now: datetime) -> bool:
    try:
        said = datetime.fromisoformat(at)
    except ValueError:
        return False
    fresh = said.tzinfo is not None and abs(now - said) <= SKEW
    return hmac.compare_digest(given, signature(key, purpose, at, body)) and fresh
