"""What a call needs besides its line: built once by the composition root, or by a test. Values and ports only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ivr.ports import CustomerDirectory, Menus
from ivr.speech.speaker import Speaker


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Services:
    directory: CustomerDirectory
    menus: Menus
    speakers: Mapping[str, Speaker]
    """Language to its speech; a language that is not here is not spoken."""
    prompts: Mapping[str, frozenset[str]]
    """Language to the ids there are files for."""
    own_prompts: Path
    """<language>/own/<name>.wav below it: what centres recorded themselves."""
    messages: Path
    """Where Asterisk records; the same path on its side."""
    clock: Callable[[], datetime] = field(default=now)
