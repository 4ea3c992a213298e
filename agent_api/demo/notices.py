"""Announcements the demo keeps ready to be switched on. Data only."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from agent_api.announcements.models import Notice


def notices(now: datetime) -> list[Notice]:
    """账务结算期: switched off, so that the menus of a first look are the plain ones; one click puts it in."""
    return [
        Notice(
            announcement_id=str(uuid5(NAMESPACE_URL, "hotline demo settlement")),
            center_id="cn",
            title="账务结算期",
            area=None,
            place="bill",
            prompts=["notice/settlement"],
            barge_in=True,
            active=False,
            starts_at=None,
            ends_at=None,
            first_day=1,
            last_day=5,
            created_by="9001",
            created_at=now,
            updated_at=now,
        )
    ]
