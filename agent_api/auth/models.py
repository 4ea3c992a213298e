"""Centres, staff accounts, desk sessions, failed sign-ins and the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, event, false
from sqlalchemy.orm import Mapped, mapped_column, object_session

from agent_api.db import Base


class Center(Base):
    """One of the three tiers: national (N), province (P), city (C)."""

    __tablename__ = "center"

    center_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(1))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("center.center_id"))
    home: Mapped[str | None] = mapped_column(String(20))
    """Peer on the way to the installation the centre works at; none: it works here."""


CENTERS = "centers"


@event.listens_for(Center, "after_insert")
@event.listens_for(Center, "after_update")
def _forget_centers(_mapper: object, _connection: object, changed: Center) -> None:
    """What the unit of work has read of them is no longer all."""
    if (session := object_session(changed)) is not None:
        session.info.pop(CENTERS, None)


class Installation(Base):
    """This installation, where it is one of several: one row, or none."""

    __tablename__ = "installation"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    number_code: Mapped[str] = mapped_column(String(2))
    """Stands in every number given out here, so that no other installation gives the same."""


class Staff(Base):
    __tablename__ = "staff"

    agent_no: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"))
    roles: Mapped[list[str]]
    queues: Mapped[list[str]]
    skills: Mapped[dict[str, int]]
    language: Mapped[str] = mapped_column(String(8), default="zh")
    password_hash: Mapped[str] = mapped_column(String(200))
    phone_password: Mapped[str] = mapped_column(String(64))
    """Sign-in secret of the SIP endpoint <agent_no>. Digest authentication needs the clear text on both sides."""
    browser_password: Mapped[str] = mapped_column(String(64))
    """The same for the browser's endpoint <agent_no>w."""
    mobile: Mapped[str] = mapped_column(String(20), default="", server_default="")
    """Where a customer manager is reached outside the house; digits, empty: nowhere."""
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    password_set_at: Mapped[datetime | None]
    """None: when the account was made."""
    password_is_initial: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Given by somebody else: must be changed at the next sign-in."""


class FormerPassword(Base):
    """Not to be used again soon."""

    __tablename__ = "former_password"
    __table_args__ = (Index("ix_former_password_agent_at", "agent_no", "at"),)

    former_id: Mapped[int] = mapped_column(primary_key=True)
    agent_no: Mapped[str] = mapped_column(ForeignKey("staff.agent_no"))
    password_hash: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class SecondFactor(Base):
    """A person's one-time codes (TOTP)."""

    __tablename__ = "second_factor"

    agent_no: Mapped[str] = mapped_column(ForeignKey("staff.agent_no"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))
    """Checking a code takes the clear text."""
    confirmed_at: Mapped[datetime | None]
    """None: begun, no code was seen yet."""
    last_step: Mapped[int]
    """Step of the last code taken: no code counts twice."""
    recovery_hashes: Mapped[list[str]]


class DeskSession(Base):
    __tablename__ = "desk_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    agent_no: Mapped[str] = mapped_column(ForeignKey("staff.agent_no"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ip: Mapped[str] = mapped_column(String(64))
    stage: Mapped[str] = mapped_column(String(10), default="open", server_default="open")
    """open; password or enrol: that first; locked: the password again."""
    touched_at: Mapped[datetime | None]
    """When a person last did something there; None: when it was opened."""


class RoleVersion(Base):
    """What a centre changed of what roles may do: all its own cells, one row a version."""

    __tablename__ = "role_version"
    __table_args__ = (Index("ix_role_version_state", "state"),)

    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    cells: Mapped[list[dict[str, Any]]]
    """role, permission and may: differences from what the centre above has."""
    reason: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10))
    """proposed, in_force, replaced or refused."""
    based_on: Mapped[int]
    """The version in force that the author started from; 0: none."""
    author: Mapped[str] = mapped_column(String(6))
    made_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(6))
    """The second person; empty for a version that gives nobody a right, and while one is waited for."""
    decided_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(String(200))


class LoginFailure(Base):
    __tablename__ = "login_failure"
    __table_args__ = (Index("ix_login_failure_agent_at", "agent_no", "at"),)

    failure_id: Mapped[int] = mapped_column(primary_key=True)
    agent_no: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]


class AuditEntry(Base):
    """Append only. `entry_hash` covers the entry and the hash before it, so that a change anywhere shows."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_actor_action_at", "actor", "action", "at"),)

    entry_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(16))
    roles: Mapped[str] = mapped_column(String(200))
    center_id: Mapped[str] = mapped_column(String(20))
    ip: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(200))
    result: Mapped[str] = mapped_column(String(20))
    ticket_no: Mapped[str] = mapped_column(String(20), default="", server_default="")
    before_hash: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """Digest of what the act changed as it was; empty: nothing was there, or nothing was changed."""
    after_hash: Mapped[str] = mapped_column(String(64), default="", server_default="")
    previous_hash: Mapped[str] = mapped_column(String(64))
    entry_hash: Mapped[str] = mapped_column(String(64))
