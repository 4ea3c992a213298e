"""A change of rights that waits for its second person, so that the page of rights shows how that goes. Data only."""

from datetime import datetime

from agent_api.auth.models import RoleVersion


def proposal(now: datetime) -> RoleVersion:
    return RoleVersion(
        center_id="sc",
        version=1,
        cells=[{"role": "qa", "permission": "ticket.urge", "may": True}],
        reason="质检发现超时工单时直接催办",
        state="proposed",
        based_on=0,
        author="9003",
        made_at=now,
        decided_by="",
        remark="",
    )
