"""Callers wait: in app_queue, or in our own waiting room, which tells of itself by user events."""

from acd.contracts.dialplan import UserEvent
from acd.core.history.channels import Leg
from acd.core.history.events import AmiEvent
from acd.core.history.story import Story

WAITING_ROOM = frozenset({UserEvent.CALL_WAITING.lower(), UserEvent.FALLBACK_WAITING.lower()})
CAMPAIGN = UserEvent.ATTEMPT_ANSWERED.lower()


def join(story: Story, event: AmiEvent) -> None:
    leg = story.touch(event)
    if leg is not None:
        story.queued(leg, event.text("queue"))


def leave(story: Story, event: AmiEvent) -> None:
    leg = story.touch(event)
    if leg is not None:
        story.left_queue(leg)


def abandon(story: Story, event: AmiEvent) -> None:
    leg = story.touch(event)
    if leg is not None:
        story.queued(leg, event.text("queue"))
        leg.party.abandoned_queue = True


def agent_called(story: Story, event: AmiEvent) -> None:
    """The dial of app_queue; before Asterisk 12 nothing else tells of it."""
    caller = _caller(story, event)
    target = story.touch(event, "dest") or story.touch_named("", event.text("destinationchannel"))
    if caller is not None:
        story.queued(caller, event.text("queue"))
        if target is not None:
            story.dial(caller, target, "")


def agent_missed(story: Story, event: AmiEvent) -> None:
    """Comes before the end of the dial, which some versions call CANCEL as if the caller had hung up."""
    caller = _caller(story, event)
    target = story.touch(event, "dest")
    if caller is not None and target is not None:
        story.dials.end(caller, target, story.place, "NOANSWER")
    elif caller is not None:
        story.dials.end_all(caller, story.place, "NOANSWER")


def agent_connect(story: Story, event: AmiEvent) -> None:
    caller = _caller(story, event)
    agent = story.touch(event, "dest") or story.touch_named(event.text("bridgedchannel"), event.text("channel"))
    if caller is not None:
        story.queued(caller, event.text("queue"))
        story.tie_legs(caller, agent)


def _caller(story: Story, event: AmiEvent) -> Leg | None:
    """Asterisk 11 gives the caller's uniqueid together with the agent's channel name."""
    if event.text("destchannel", "destuniqueid"):
        return story.touch(event)
    return story.touch_named(event.text("uniqueid"), event.text("channelcalling"))


def user_event(story: Story, event: AmiEvent) -> None:
    leg = story.touch(event)
    kind = event.text("userevent").lower()
    if leg is not None and kind in WAITING_ROOM:
        story.queued(leg, event.text("queue"))
    if leg is not None and kind == CAMPAIGN:
        leg.party.campaign = True


READERS = {
    "join": join,
    "queuecallerjoin": join,
    "leave": leave,
    "queuecallerleave": leave,
    "queuecallerabandon": abandon,
    "agentcalled": agent_called,
    "agentringnoanswer": agent_missed,
    "agentconnect": agent_connect,
    "userevent": user_event,
}
