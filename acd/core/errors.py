"""Named failures of the core. Codes are API: agent_api shows them, so they only ever gain members."""

from enum import StrEnum


class Code(StrEnum):
    """Why a command was refused."""

    AGENT_NOT_LOGGED_IN = "agent.not_logged_in"
    AGENT_WRONG_STATE = "agent.wrong_state"
    AGENT_OTHER_DESK = "agent.other_desk"
    AGENT_PAUSE_LIMIT = "agent.pause_limit"
    AGENT_UNKNOWN_QUEUE = "agent.unknown_queue"
    ATTEMPT_UNKNOWN = "attempt.unknown"
    ATTEMPT_REPEATED = "attempt.repeated"
    ATTEMPT_WRONG_STATE = "attempt.wrong_state"
    CALL_HELD_BY_PHONE = "call.held_by_phone"
    CALL_IN_CONFERENCE = "call.in_conference"
    CALL_WRONG_STATE = "call.wrong_state"
    CALL_UNKNOWN_TARGET = "call.unknown_target"
    CALLBACK_UNKNOWN = "callback.unknown"
    CALLBACK_REPEATED = "callback.repeated"
    CALLBACK_WRONG_STATE = "callback.wrong_state"
    COMMAND_LATE = "command.late"
    DIALER_NO_LINE = "dialer.no_line"
    DIALER_UNKNOWN_TIMEZONE = "dialer.unknown_timezone"
    REPLAY_UNKNOWN_STREAM = "replay.unknown_stream"
    ROUTING_OLDER_VERSION = "routing.older_version"
    ROUTING_UNKNOWN_QUEUE = "routing.unknown_queue"
    ROUTING_UNKNOWN_TIMEZONE = "routing.unknown_timezone"
    SUPERVISOR_BUSY = "supervisor.busy"
    SUPERVISOR_NOT_LISTENING = "supervisor.not_listening"
    TARGET_NOT_ALLOWED = "target.not_allowed"
    TARGET_NOT_READY = "target.not_ready"


class Refused(Exception):
    """A rule said no: never an alarm."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code


class BadMessage(Exception):
    """The peer broke the contract: the message is skipped and counted. The reason holds no personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
