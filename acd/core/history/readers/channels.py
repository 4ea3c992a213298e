"""Channels come, change their state and name, and go."""

from acd.core.history.channels import Leg
from acd.core.history.events import AmiEvent
from acd.core.history.story import Story

RINGING, UP = ("5", "ringing"), ("6", "up")


def newchannel(story: Story, event: AmiEvent) -> None:
    leg = story.touch(event, new=True)
    if leg is not None:
        _take_state(story, leg, event)


def newstate(story: Story, event: AmiEvent) -> None:
    leg = story.touch(event)
    if leg is not None:
        story.expect_alive(leg)
        _take_state(story, leg, event)


def _take_state(story: Story, leg: Leg, event: AmiEvent) -> None:
    number, word = event.text("channelstate"), event.text("channelstatedesc").lower()
    if number == RINGING[0] or word == RINGING[1]:
        story.alerted(leg)
    elif number == UP[0] or word == UP[1]:
        story.answered(leg)


def described(story: Story, event: AmiEvent) -> None:
    """Nothing but news about the channel itself, which every event brings."""
    story.touch(event)


def hangup(story: Story, event: AmiEvent) -> None:
    leg = story.touch(event)
    if leg is not None:
        story.hangup(leg, event.integer("cause"))


def hangup_request(story: Story, event: AmiEvent) -> None:
    """The device itself hung up."""
    leg = story.touch(event)
    story.tells_who_hung_up = True
    if leg is not None:
        leg.party.hangup_asked = True


def soft_hangup_request(story: Story, event: AmiEvent) -> None:
    """The PBX ended the channel. That it is told at all means that this recording tells who hung up."""
    story.touch(event)
    story.tells_who_hung_up = True


def rename(story: Story, event: AmiEvent) -> None:
    moved = story.channels.rename(event)
    if moved is not None:
        story.moved(moved)


def masquerade(story: Story, event: AmiEvent) -> None:
    story.tie_legs(story.named(event.text("original")), story.named(event.text("clone")))


def local_bridge(story: Story, event: AmiEvent) -> None:
    story.tie_legs(
        story.touch(event, "localone") or story.touch(event, suffix="1"),
        story.touch(event, "localtwo") or story.touch(event, suffix="2"),
    )


READERS = {
    "newchannel": newchannel,
    "newstate": newstate,
    "newcallerid": described,
    "newconnectedline": described,
    "newaccountcode": described,
    "hangup": hangup,
    "hanguprequest": hangup_request,
    "softhanguprequest": soft_hangup_request,
    "rename": rename,
    "masquerade": masquerade,
    "localbridge": local_bridge,
}
