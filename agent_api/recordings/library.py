"""What the process needs of recordings, as one value: the store, who listens, the figures."""

from dataclasses import dataclass

from agent_api.recordings.access import Listeners
from agent_api.recordings.metrics import RecordingMetrics
from agent_api.recordings.store import Vault
from agent_api.recordings.worker import RecordingWorker


@dataclass(frozen=True, slots=True)
class Library:
    vault: Vault
    listeners: Listeners
    metrics: RecordingMetrics
    worker: RecordingWorker
