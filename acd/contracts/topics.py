"""Topic of each message. `cc/v1/{evt|cmd|state|sys}/<kind>/<id>/<what>`; no personal data, ids are checked."""

from acd.contracts.commands import Command
from acd.contracts.events import Event

PREFIX = "cc/v1"
ALL_EVENTS = f"{PREFIX}/evt/#"
ALL_STATES = f"{PREFIX}/state/#"
ACD_COMMANDS = f"{PREFIX}/cmd/acd/#"
DEAD_LETTER = f"{PREFIX}/sys/dead_letter"


class BadTopicId(ValueError):
    """An id holds a character MQTT gives a meaning to."""


def checked(identifier: str) -> str:
    """Return the id, or raise BadTopicId when it is empty or holds `/`, `+`, `#` or a control character."""
    if not identifier or any(c in "/+#" or ord(c) < 32 for c in identifier):
        raise BadTopicId(repr(identifier))
    return identifier


def event_topic(event: Event) -> str:
    kind, what = event.type.split(".", 1)
    match kind:
        case "call":
            identifier = getattr(event, "call_id", "")
        case "agent":
            identifier = getattr(event, "agent_id", "")
        case "attempt":
            identifier = getattr(event, "attempt_id", "")
        case "callback":
            identifier = getattr(event, "callback_id", "")
        case "command":
            identifier = str(getattr(event, "command_id", ""))
        case _:
            identifier = str(event.stream)
    return f"{PREFIX}/evt/{kind}/{checked(identifier)}/{what}"


def command_topic(command: Command) -> str:
    return f"{PREFIX}/cmd/acd/{command.type.replace('.', '/')}"


def agent_state_topic(agent_id: str) -> str:
    return f"{PREFIX}/state/agent/{checked(agent_id)}"


def queue_state_topic(queue: str) -> str:
    return f"{PREFIX}/state/queue/{checked(queue)}"


def process_state_topic(process: str) -> str:
    return f"{PREFIX}/state/process/{checked(process)}"
