"""Keys between two installations: how old one is, and how it is changed without a gap. Pure but for the peer's row.

Both sides take the new key in (`offer`), then each begins to use it (`switch`), then drops the old one (`drop`).
Between the first and the last step either key is believed, so it does not matter which side is first.
"""

from datetime import datetime

from agent_api.auth import key_age
from agent_api.auth.key_age import Standing
from agent_api.errors import Refused
from agent_api.exchange import signing
from agent_api.exchange.models import Peer


def offer(peer: Peer, key: str) -> None:
    if key == peer.key:
        raise Refused("exchange.same_key")
    peer.second_key = key


def switch(peer: Peer, now: datetime) -> None:
    if not peer.second_key:
        raise Refused("exchange.no_new_key")
    peer.key, peer.second_key, peer.key_since = peer.second_key, peer.key, now


def drop(peer: Peer) -> None:
    peer.second_key = ""


def standing(peer: Peer, now: datetime) -> Standing:
    return key_age.standing(_since(peer), now)


def days_old(peer: Peer, now: datetime) -> int:
    return key_age.days(_since(peer), now)


def _since(peer: Peer) -> datetime:
    return peer.key_since or peer.created_at


def key_of(peer: Peer, path: str, at: str, given: str, body: bytes, now: datetime) -> str | None:
    """The key this request was signed with; its answer is signed with the same one."""
    believed = [each for each in (peer.key, peer.second_key) if each]
    return next((each for each in believed if signing.is_genuine(each, path, at, given, body, now)), None)
