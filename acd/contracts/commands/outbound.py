"""Calls and faxes that go out."""

from datetime import time
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from acd.contracts.commands.base import DIALLED_NUMBER, CommandBase
from acd.contracts.ids import AttemptId

PromptId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,30}(/[a-z0-9_]{1,30}){0,3}$")]


class SendFax(CommandBase):
    """Dial a fax machine and send. Answered at once; how it went tells the event `fax.finished`."""

    type: Literal["fax.send"] = "fax.send"
    fax_id: str = Field(pattern=r"^[A-Za-z0-9-]{1,40}$")
    number: str = Field(pattern=DIALLED_NUMBER)
    file: str = Field(pattern=r"^/[A-Za-z0-9/_.-]{1,200}\.tiff?$")
    """Pages as TIFF (class F), readable by Asterisk."""


class SpeakNotice(CommandBase):
    """Ring somebody and tell him something. Answered at once; how it went tells the event `notice.finished`."""

    type: Literal["notice.speak"] = "notice.speak"
    notice_id: str = Field(pattern=r"^[A-Za-z0-9-]{1,40}$")
    number: str = Field(pattern=DIALLED_NUMBER)
    language: Literal["zh", "en"] = "zh"
    prompts: tuple[PromptId, ...] = Field(min_length=1, max_length=40)
    """Of sounds/, in the order they are heard; all of it twice."""


class DunningPolicy(BaseModel):
    """Parameters of the gate (requirements.md 5.2). Hard bounds stand beside the gate; no policy passes them."""

    model_config = ConfigDict(frozen=True)

    windows: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(14), time(20)))
    weekend_windows: tuple[tuple[time, time], ...] = ((time(10), time(12)), (time(15), time(18)))
    attempts_per_day: int = 2
    answered_per_day: int = 1
    attempts_per_week: int = 6
    answered_per_week: int = 2
    minimum_gap_seconds: int = 4 * 3600
    minimum_amount_yuan: Decimal = Decimal(10)
    balance_max_age_seconds: int = 600


class PastAttempt(BaseModel):
    model_config = ConfigDict(frozen=True)

    at: AwareDatetime
    answered: bool
    counted: bool = True
    """False for congestion, which does not count as an attempt."""


class Debtor(BaseModel):
    """What the gate must know, fresh from billing when the command was written."""

    model_config = ConfigDict(frozen=True)

    owed_yuan: Decimal
    balance_as_of: AwareDatetime
    timezone: str = "Asia/Shanghai"
    """Home area of the number: windows are its local time."""
    holidays: tuple[str, ...] = ()
    """ISO dates on which the weekend windows apply."""
    do_not_call: bool = False
    disputed: bool = False
    protected: bool = False
    """Minor, deceased, court protection."""
    vip: bool = False
    promised_until: AwareDatetime | None = None
    past_attempts: tuple[PastAttempt, ...] = ()


class DialDebtor(CommandBase):
    """Call one debtor. The gate runs in the ACD directly before the dial."""

    type: Literal["dialer.dial_debtor"] = "dialer.dial_debtor"
    attempt_id: AttemptId = Field(pattern=r"^[A-Za-z0-9-]{1,40}$")
    number: str = Field(pattern=DIALLED_NUMBER)
    language: Literal["zh", "en"] = "zh"
    """In which the debtor is spoken to."""
    debtor: Debtor
    policy: DunningPolicy = DunningPolicy()


class CancelDial(CommandBase):
    """The debt was paid or disputed meanwhile: do not dial, or hang up while it still rings."""

    type: Literal["dialer.cancel"] = "dialer.cancel"
    attempt_id: AttemptId
