"""Somebody hands a call on, or takes it."""

from acd.core.history.events import AmiEvent
from acd.core.history.story import Story


def transfer(story: Story, event: AmiEvent) -> None:
    """Asterisk 11. The target is the transferee of a blind transfer, the transferer's second leg of another."""
    by, other = story.touch(event), story.touch(event, "target")
    if by is None:
        return
    if event.text("transfertype").lower() == "blind":
        story.transferred_blind(by, other)
    elif other is not None:
        story.transferred_with_consultation(by, other, None, None)


def blind_transfer(story: Story, event: AmiEvent) -> None:
    by, transferee = story.touch(event, "transferer"), story.touch(event, "transferee")
    if by is not None and _succeeded(event):
        story.transferred_blind(by, transferee)


def attended_transfer(story: Story, event: AmiEvent) -> None:
    first = story.touch(event, "origtransferer")
    second = story.touch(event, "secondtransferer") or first
    target, transferee = story.touch(event, "transfertarget"), story.touch(event, "transferee")
    if first is not None and second is not None and _succeeded(event):
        story.transferred_with_consultation(first, second, target, transferee)


def pickup(story: Story, event: AmiEvent) -> None:
    story.tie_legs(story.touch(event), story.touch(event, "target"))


def _succeeded(event: AmiEvent) -> bool:
    return event.text("result").lower() in ("", "success") and event.text("desttype").lower() != "fail"


READERS = {
    "transfer": transfer,
    "blindtransfer": blind_transfer,
    "attendedtransfer": attended_transfer,
    "pickup": pickup,
}
