"""Who has read which version. The sentences themselves are documents of kind `scripts`."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class ScriptReading(Base):
    __tablename__ = "script_reading"

    agent_no: Mapped[str] = mapped_column(ForeignKey("staff.agent_no"), primary_key=True)
    center_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    """Whose sentences."""
    version: Mapped[int] = mapped_column(primary_key=True)
    read_at: Mapped[datetime]
