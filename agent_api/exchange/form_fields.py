"""What version 1 of the cross-tier form was given later: the rest of requirements.md 2.8.3, all of it optional.

Personal data, so it stands in the signed body and nowhere else. What a side does not hold goes as null.
"""

from decimal import Decimal

from pydantic import AwareDatetime, BaseModel, Field

MOST = 500
"""As long as an answer on a form may be."""
HIGHEST = 1_000_000_000


class TakenDown(BaseModel):
    """As the accepting centre took it down. A side in between passes on what it was told."""

    origin_time: AwareDatetime | None = None  # OriginTime
    called_no: str | None = Field(default=None, max_length=MOST, repr=False)  # CalledNo
    msisdn: str | None = Field(default=None, max_length=MOST, repr=False)  # MSISDN
    subs_name: str | None = Field(default=None, max_length=MOST, repr=False)  # SubsName
    svc_city: str | None = Field(default=None, max_length=MOST)  # SvcCity
    subs_level: str | None = Field(default=None, max_length=MOST)  # SubsLevel
    subs_brand: str | None = Field(default=None, max_length=MOST)  # SubsBrand
    pretreatment: str | None = Field(default=None, max_length=MOST, repr=False)  # Pretreatment
    process_type: str | None = Field(default=None, max_length=MOST)  # ProcessType
    service_name: str | None = Field(default=None, max_length=MOST)  # ServiceName
    contact_name: str | None = Field(default=None, max_length=MOST, repr=False)
    contact_phone: str | None = Field(default=None, max_length=MOST, repr=False)
    alt_phone: str | None = Field(default=None, max_length=MOST, repr=False)
    expected_result: str | None = Field(default=None, max_length=MOST, repr=False)
    amount_disputed: Decimal | None = Field(default=None, ge=0, le=HIGHEST)
    is_group: bool | None = None
    is_media: bool | None = None


class Progress(BaseModel):
    """How far it is; the timeline says the same in full."""

    target_prov: str | None = Field(default=None, max_length=20)  # TProv
    dead_time: AwareDatetime | None = None  # DeadTime
    deadline: AwareDatetime | None = None
    """The legal one."""
    is_regulator: bool | None = None
    round: int | None = None
    urge_count: int | None = None
    result: str | None = Field(default=None, repr=False)  # IndictRslt
    duty_reason: str | None = None  # DutyReason
    duty_grade: str | None = None  # DutyCauseGrade
    satisfaction: str | None = None
    reply_time: AwareDatetime | None = None
    handling_dept: str | None = None
    handling_staff: str | None = None
    staff_contact_phone: str | None = Field(default=None, repr=False)
    end_time: AwareDatetime | None = None
    document_satisfaction: str | None = None
    is_eligible: bool | None = None
    accept_len: int | None = None
    audit_dist_len: int | None = None
    verify_len: int | None = None
    result_audit_len: int | None = None
    recording_id: str | None = Field(default=None, max_length=64)
    evidence: tuple[str, ...] = ()
    """Ids of its files."""
