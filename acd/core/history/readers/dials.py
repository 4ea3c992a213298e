"""One channel rings another."""

from acd.core.history.events import AmiEvent
from acd.core.history.story import Story

ALERTING = ("RINGING", "PROGRESS")
"""A carrier that sends early media alone never says RINGING."""


def dial(story: Story, event: AmiEvent) -> None:
    """Asterisk 11 and before: Begin names both channels, End only the one that dialled."""
    source = story.touch(event)
    if event.text("subevent").lower() == "begin":
        target = story.touch_named(event.text("destuniqueid"), event.text("destination"))
        if target is not None:
            story.dial(source, target, event.text("dialstring"))
    elif source is not None:
        story.dials.end_all(source, story.place, _status(event))


def dial_begin(story: Story, event: AmiEvent) -> None:
    source, target = story.touch(event), story.touch(event, "dest")
    if target is not None:
        story.expect_alive(target)
        story.dial(source, target, event.text("dialstring"))


def dial_state(story: Story, event: AmiEvent) -> None:
    source, target = story.touch(event), story.touch(event, "dest")
    story.tie_legs(source, target)
    if target is not None and _status(event) in ALERTING:
        story.alerted(target)


def dial_end(story: Story, event: AmiEvent) -> None:
    source, target = story.touch(event), story.touch(event, "dest")
    story.tie_legs(source, target)
    if target is not None:
        story.dials.end(source, target, story.place, _status(event))


def _status(event: AmiEvent) -> str:
    return event.text("dialstatus").upper()


READERS = {
    "dial": dial,
    "dialbegin": dial_begin,
    "dialstate": dial_state,
    "dialend": dial_end,
}
