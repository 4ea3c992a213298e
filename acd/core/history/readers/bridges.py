"""Channels meet and part: bridges (since Asterisk 12), links (11) and conference rooms."""

from acd.core.history.events import AmiEvent
from acd.core.history.story import LINK, Story

PRIVATE = ("basic", "stasis", "")
"""BridgeType of a talk between the parties of one call (Dial, ARI); conference rooms have others."""


def enter(story: Story, event: AmiEvent) -> None:
    leg = story.touch(event)
    if leg is not None:
        story.expect_alive(leg)
        swapped = story.channels.find(event.text("swapuniqueid"), "")
        private = event.text("bridgetype").lower() in PRIVATE
        technology = event.text("bridgetechnology")
        story.enter(leg, event.text("bridgeuniqueid"), technology, swapped, private=private)


def leave(story: Story, event: AmiEvent) -> None:
    leg = story.touch(event)
    if leg is not None:
        story.leave(leg, event.text("bridgeuniqueid"))


def destroy(story: Story, event: AmiEvent) -> None:
    story.conversations.destroy(event.text("bridgeuniqueid"))


def link(story: Story, event: AmiEvent) -> None:
    """Two channels linked or unlinked. A channel has one link at a time, so the pair can stand for a bridge."""
    one, other = story.touch(event, suffix="1"), story.touch(event, suffix="2")
    if one is None or other is None:
        return
    pair = LINK + "|".join(sorted((one.uniqueid, other.uniqueid)))
    if event.name == "unlink" or event.text("bridgestate").lower() == "unlink":
        story.conversations.leave(one, pair)
        story.conversations.leave(other, pair)
    else:
        story.enter(one, pair, private=True)
        story.enter(other, pair, private=True)


def room_join(story: Story, event: AmiEvent) -> None:
    """Since Asterisk 12 a room is a bridge, which tells of itself."""
    leg = story.touch(event)
    if leg is not None and not event.text("bridgeuniqueid"):
        story.enter(leg, _room(event), private=False)


def room_leave(story: Story, event: AmiEvent) -> None:
    leg = story.touch(event)
    if leg is not None and not event.text("bridgeuniqueid"):
        story.conversations.leave(leg, _room(event))


def _room(event: AmiEvent) -> str:
    return f"room:{event.text('conference', 'meetme')}"


READERS = {
    "bridgeenter": enter,
    "bridgeleave": leave,
    "bridgedestroy": destroy,
    "bridge": link,
    "link": link,
    "unlink": link,
    "confbridgejoin": room_join,
    "confbridgeleave": room_leave,
    "meetmejoin": room_join,
    "meetmeleave": room_leave,
}
