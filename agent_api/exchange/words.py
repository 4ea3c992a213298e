"""The words of the exchange: message types, states, what each act is called between centres. Pure."""

from enum import StrEnum

from agent_api.tickets.words import Act


class MessageType(StrEnum):
    """The operator's ten (requirements.md 2.8.7)."""

    ASSIGN = "ASSIGN"
    REPLY = "REPLY"
    REJECT = "REJECT"
    COMMENT = "COMMENT"
    URGE = "URGE"
    REHANDLE = "REHANDLE"
    ARCHIVE = "ARCHIVE"
    QUERY = "QUERY"
    SUPERVISE = "SUPERVISE"
    ESCALATE = "ESCALATE"


TYPE_TITLES = {
    MessageType.ASSIGN: "派发",
    MessageType.REPLY: "回复",
    MessageType.REJECT: "退回",
    MessageType.COMMENT: "中途意见",
    MessageType.URGE: "催办",
    MessageType.REHANDLE: "再处理",
    MessageType.ARCHIVE: "归档",
    MessageType.QUERY: "查询",
    MessageType.SUPERVISE: "督办",
    MessageType.ESCALATE: "升级",
}

_TYPES = {
    MessageType.ASSIGN: (Act.ASSIGN, Act.REASSIGN, Act.OVERRULE, Act.FORWARD, Act.ADD_SUBTASK),
    MessageType.REPLY: (Act.REPLY, Act.ANSWER, Act.FINISH_SUBTASK),
    MessageType.REJECT: (Act.RETURN, Act.NOT_NATIONAL),
    MessageType.URGE: (Act.URGE,),
    MessageType.REHANDLE: (Act.AUDIT_FAIL, Act.DISSATISFIED, Act.REOPEN),
    MessageType.ARCHIVE: (Act.ARCHIVE, Act.CLOSE, Act.SATISFIED, Act.WITHDRAW, Act.AUDIT_OK_NO_CALLBACK, Act.MERGE),
    MessageType.SUPERVISE: (Act.SUPERVISE, Act.REGULATOR),
    MessageType.ESCALATE: (Act.ESCALATE,),
}
TYPE_OF = {act.value: kind for kind, acts in _TYPES.items() for act in acts}


def type_of(act: str) -> MessageType:
    """Whatever has no name of its own is progress: 中途意见."""
    return TYPE_OF.get(act, MessageType.COMMENT)


class Outgoing(StrEnum):
    """State of a message in the outbox."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    """On its way; after its lease it is due again, whoever sent it."""
    RETRY = "RETRY"
    ACKED = "ACKED"
    DEAD = "DEAD"
    SETTLED = "SETTLED"
    """Dead, and somebody has seen to it."""


class Incoming(StrEnum):
    """State of a message in the inbox."""

    WAITING = "WAITING"
    """An earlier one is missing."""
    DONE = "DONE"
    REFUSED = "REFUSED"


class Kind(StrEnum):
    """What a message says about the ticket's history."""

    COPY = "copy"
    """All of it, from the accepting centre's side."""
    NEWS = "news"
    """The next entries, from the accepting centre's side."""
    PROPOSAL = "proposal"
    """One act done elsewhere; the accepting centre's side gives it its place, or refuses."""
    VERDICT = "verdict"
    """A proposal was refused."""
    QUESTION = "question"
    """Send all of it again."""
    LOCAL = "local"
    """Between two centres of one installation, which share the ticket."""
