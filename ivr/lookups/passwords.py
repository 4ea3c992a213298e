"""Changing and resetting the service password, and the charge reminder."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from ivr.steps import LookUp


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    result: Literal["ok", "fail", "locked", "weak", "refused", "unknown", "down"]


@dataclass(frozen=True, slots=True)
class ChangePassword(LookUp[PasswordChanged]):
    path: ClassVar[str] = "password/change"
    number: str = field(repr=False)
    old: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ResetPassword(LookUp[PasswordChanged]):
    path: ClassVar[str] = "password/reset"
    number: str = field(repr=False)
    code: str = field(repr=False)
    id_last6: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReminderSet:
    result: Literal["ok", "unknown", "down"]


@dataclass(frozen=True, slots=True)
class SetReminder(LookUp[ReminderSet]):
    path: ClassVar[str] = "password/reminder"
    number: str = field(repr=False)
    on: bool
