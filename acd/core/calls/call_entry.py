"""A call as routing sees it: seniority, points, and whom it may wait for."""

from acd.core.calls.call import Call
from acd.core.routing import Entry, Rules


def entry_of(call: Call, rules: Rules) -> Entry:
    rule, wants = rules.queue(call.queue), call.wants
    return Entry(
        entry_id=call.call_id,
        queue=rule.name,
        joined=call.queued_at or call.offered_at,
        points=rules.points(rule, call.priority, wants.marks),
        center=wants.center,
        manager=wants.manager,
        last_agent=wants.last_agent,
        pinned=wants.pinned,
        pinned_by=wants.pinned_by,
        opened=wants.opened,
        reach=wants.reach,
    )
