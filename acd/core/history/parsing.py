"""Recorded text or objects to events. Damaged input gives fewer events, never an exception."""

from collections.abc import Iterable, Iterator, Mapping

from acd.core.history.events import AmiEvent, Value

MAX_HEADERS = 400
"""An event has some 60 headers. More is rubbish without an empty line in it, which must not eat the memory."""

IDENTIFIERS = ("uniqueid", "linkedid", "channel", "uniqueid1", "uniqueid2", "channel1", "channel2")


def parse_lines(lines: Iterable[str]) -> Iterator[AmiEvent]:
    """Events of raw AMI text. Responses, the banner, comments (;) and rubbish between events are left out.

    Lines come with their line ends: a last line without one was cut, and a cut identifier would name another channel.
    """
    block: dict[str, Value] = {}
    cut = False
    for line in lines:
        cut = not line.endswith(("\n", "\r"))
        text = line.strip("\r\n\x00")
        if not text.strip():
            yield from _event(block)
            block = {}
        elif not text.startswith(";"):
            if text[:6].lower() == "event:" and "Event" in block:  # the rest of the event before was lost
                yield from _event(block)
                block = {}
            _add(block, text)
    if cut:
        _drop_cut_identifier(block)
    yield from _event(block)


def parse_objects(objects: Iterable[object]) -> Iterator[AmiEvent]:
    """Events of decoded JSON objects; whatever is not an event object is left out."""
    for item in objects:
        if isinstance(item, Mapping):
            yield from _event({str(key): _value(value) for key, value in item.items()})


def _event(block: Mapping[str, Value]) -> Iterator[AmiEvent]:
    event = AmiEvent(block)
    if event.name:
        yield event


def _add(block: dict[str, Value], line: str) -> None:
    key, colon, value = line.partition(":")
    key, value = key.strip(), value.strip()
    if not colon or not key or len(block) >= MAX_HEADERS:
        return
    before = block.get(key)
    if before is None:
        block[key] = value
    else:
        block[key] = (*((before,) if isinstance(before, str) else before), value)


def _drop_cut_identifier(block: dict[str, Value]) -> None:
    """Forget the identifier that was being written, and the event with it when nothing else tells whose it was."""
    last = next(reversed(block), None)
    if last is not None and last.lower().endswith(IDENTIFIERS):
        del block[last]
    if not any(key.lower().endswith(("uniqueid", "uniqueid1")) for key in block):
        block.clear()


def _value(value: object) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return tuple(_scalar(item) for item in value)
    if isinstance(value, Mapping):
        return tuple(f"{key}={_scalar(item)}" for key, item in value.items())
    return _scalar(value)


def _scalar(value: object) -> str:
    return "" if value is None else str(value)
