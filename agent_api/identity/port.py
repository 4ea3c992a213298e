"""The port to whoever keeps service passwords and identity documents. The embedded implementation is embedded.py."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol, TypeAlias

NewPassword: TypeAlias = Literal["ok", "weak", "refused", "unknown"]


@dataclass(frozen=True, slots=True)
class Verification:
    result: Literal["pass", "fail", "locked", "unknown"]
    attempts_left: int = 0
    customer_id: str | None = None
    initial: bool = False
    """Right, but still the password the line came with."""
    just_locked: bool = field(default=False, compare=False)
    """This very try was the one too many."""


class IdentityPort(Protocol):
    """Every method may raise Unavailable("identity"). Numbers as our records hold them."""

    async def verify_password(self, number: str, password: str, today: date) -> Verification:
        """Counts wrong tries; three in one day lock the password for that day."""

    async def verify_id(self, number: str, id_last6: str, today: date) -> Verification:
        """The owner's last six, X for a letter. Three wrong ones in one day lock the owner for that day."""

    async def check_new_password(self, number: str, password: str) -> NewPassword:
        """Whether it could be set. Refused while the line is suspended."""

    async def set_password(self, number: str, password: str) -> NewPassword:
        """Checks it and sets it, without asking for proof: that is the caller's business."""

    async def set_reminder(self, number: str, on: bool) -> bool:
        """Whether the line's owner is told of charges; False for an unknown number."""

    async def unlock(self, customer_id: str) -> None:
        """All passwords and the identity check of a customer, from now."""
