"""The life of a recording, as words."""

from enum import StrEnum


class RecordingStage(StrEnum):
    RECORDING = "recording"  # the call goes on
    WAITING = "waiting"  # over, not put away yet
    STORED = "stored"
    LOST = "lost"  # told of, and no file was ever found
    PURGED = "purged"  # kept as long as it had to be
