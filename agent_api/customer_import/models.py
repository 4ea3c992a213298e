"""A table somebody loaded: how far it is, what it changed, what was wrong with it."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class CustomerImport(Base):
    __tablename__ = "customer_import"

    import_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    file_name: Mapped[str] = mapped_column(String(120))
    dry_run: Mapped[bool]
    state: Mapped[str] = mapped_column(String(10))
    """running, done or stopped."""
    rows: Mapped[int]
    done: Mapped[int]
    created: Mapped[int]
    changed: Mapped[int]
    same: Mapped[int]
    header: Mapped[list[str]]
    errors: Mapped[list[dict[str, Any]]]
    """[{"row": 7, "reasons": ["..."], "cells": ["..."]}, ...]."""
    started_by: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
