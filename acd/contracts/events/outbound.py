"""Calls to debtors, faxes, and notices by telephone."""

from typing import Literal

from pydantic import Field

from acd.contracts.events.base import Envelope
from acd.contracts.ids import AttemptId, CallId
from acd.contracts.vocabulary import AttemptCode, BlockRule


class AttemptStarted(Envelope):
    type: Literal["attempt.started"] = "attempt.started"
    attempt_id: AttemptId


class AttemptAnswered(Envelope):
    type: Literal["attempt.answered"] = "attempt.answered"
    attempt_id: AttemptId
    call_id: CallId


class AttemptFinished(Envelope):
    type: Literal["attempt.finished"] = "attempt.finished"
    attempt_id: AttemptId
    code: AttemptCode
    rule: BlockRule | None = None
    hangup_cause: int = 0
    talk_ms: int = Field(default=0, ge=0)
    call_id: CallId | None = None


class FaxFinished(Envelope):
    """A fax was sent, or not: to a number (SendFax) or to the caller's own machine (fax_id is then the call's)."""

    type: Literal["fax.finished"] = "fax.finished"
    fax_id: str = Field(max_length=64)
    ok: bool
    pages: int = Field(default=0, ge=0)
    reason: str = Field(default="", max_length=80)


class NoticeFinished(Envelope):
    """Somebody was rung to be told something (SpeakNotice): heard to the end, or why not."""

    type: Literal["notice.finished"] = "notice.finished"
    notice_id: str = Field(max_length=64)
    ok: bool
    reason: str = Field(default="", max_length=80)
