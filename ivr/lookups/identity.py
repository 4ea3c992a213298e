"""Proofs of identity: service password, identity document, code by text message. A proof goes into one question."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from ivr.steps import LookUp


@dataclass(frozen=True, slots=True)
class Verification:
    result: Literal["pass", "fail", "locked", "unknown", "down"]
    attempts_left: int = 0
    customer_id: str | None = None
    initial: bool = False
    """Never changed since it was handed out: it proves no more than the own line does."""


@dataclass(frozen=True, slots=True)
class VerifyPassword(LookUp[Verification]):
    path: ClassVar[str] = "verify"
    number: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    result: Literal["pass", "fail", "locked", "unknown", "down"]


@dataclass(frozen=True, slots=True)
class VerifyIdentityCard(LookUp[Proof]):
    """`*` stands for a letter."""

    path: ClassVar[str] = "verify-id"
    number: str = field(repr=False)
    id_last6: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeSent:
    result: Literal["sent", "limit", "unknown", "down"]


@dataclass(frozen=True, slots=True)
class SendCode(LookUp[CodeSent]):
    path: ClassVar[str] = "sms-code"
    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class VerifyCode(LookUp[Proof]):
    path: ClassVar[str] = "verify-code"
    number: str = field(repr=False)
    code: str = field(repr=False)
