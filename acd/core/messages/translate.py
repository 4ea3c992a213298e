"""AMI message to fact. The only place that knows Asterisk's event names; an event of no interest is None.

app_queue's own events are left alone: QueueCallerAbandon also comes when we take a caller back, and AgentConnect names
a Local channel; the legs of the phones say the same and carry the call's id.
"""

from collections.abc import Callable
from datetime import datetime

from acd.contracts.dialplan import Variable, queue_of_fallback
from acd.contracts.ids import AgentId, AttemptId, CallId, ChannelName, NodeName, QueueName
from acd.contracts.vocabulary import Device
from acd.core import facts
from acd.core.facts import Fact, LegState, LiveLeg, LiveMember
from acd.core.messages.headers import (
    AGENT_ENDPOINT,
    LOCAL,
    Message,
    agent_of,
    call_of,
    channel,
    epoch,
    identifier,
    integer,
    moment,
    optional,
    required,
    variables,
)
from acd.core.messages.user_events import user_event

RINGING, UP = "5", "6"  # ChannelState
UNKNOWN_NUMBER = "<unknown>"
CALLBACK_LEG = "-callback-"
"""Follows the node's name in the unique id, and the ActionID, of a call back."""
NOTICE_ACTION = "notice-"
FAX_ACTION = "fax-"
"""Begins the ActionID of an Originate that is a fax, not a call to a debtor."""
SPY_LEG = "spy-"
"""Begins the unique id (and ActionID) of a supervisor's leg."""


def translate(message: Message, node: NodeName) -> Fact | None:
    """The fact in an AMI event. Raises BadMessage when a header it needs is missing or wrong."""
    reader = _READERS.get(optional(message, "Event"))
    return reader(message, node) if reader else None


# ---- channels ---------------------------------------------


LegHead = tuple[datetime, NodeName, ChannelName, str, CallId, AgentId | None]


def _leg(message: Message, node: NodeName) -> LegHead | None:
    """What every fact of a real leg starts with; Local channels are app_queue's inner plumbing."""
    name = channel(message)
    if name.startswith(LOCAL):
        return None
    return moment(message), node, name, required(message, "Uniqueid"), call_of(message), agent_of(name)


def _new_channel(message: Message, node: NodeName) -> Fact | None:
    head = _leg(message, node)
    return facts.LegOpened(*head) if head else None


def _new_state(message: Message, node: NodeName) -> Fact | None:
    head = _leg(message, node)
    state = optional(message, "ChannelState")
    if head is None or state not in (RINGING, UP):
        return None
    at, _, name, _, call_id, agent_id = head
    if agent_id is None:
        return facts.LegAlerted(*head) if state == RINGING else None
    if not call_id:
        return None
    # The phone's own state, not DialEnd: that one comes only when the announcement has been played.
    kind = facts.PhoneAlerted if state == RINGING else facts.PhoneAnswered
    return kind(at, node, agent_id, name, call_id)


def _hangup_request(message: Message, node: NodeName) -> Fact | None:
    head = _leg(message, node)
    return facts.HangupAsked(*head) if head else None


def _hangup(message: Message, node: NodeName) -> Fact | None:
    head = _leg(message, node)
    return facts.LegGone(*head, integer(message, "Cause")) if head else None


PhoneHead = tuple[datetime, NodeName, AgentId, ChannelName, CallId]


def _phone(message: Message, node: NodeName, prefix: str = "") -> PhoneHead | None:
    name = channel(message, f"{prefix}Channel")
    agent_id, call_id = agent_of(name), call_of(message, prefix)
    return (moment(message), node, agent_id, name, call_id) if agent_id and call_id else None


OutsideHead = tuple[datetime, NodeName, CallId, ChannelName]


def _outside(message: Message, node: NodeName) -> OutsideHead | None:
    """A leg dialled on behalf of a call that is no agent's telephone."""
    call_id, name = call_of(message, "Dest"), channel(message, "DestChannel")
    return (moment(message), node, call_id, name) if call_id and not name.startswith(LOCAL) else None


def _dial_begin(message: Message, node: NodeName) -> Fact | None:
    head = _phone(message, node, "Dest")
    if head is not None:
        return facts.PhoneDialled(*head)
    outside = _outside(message, node)
    return facts.OutsideDialled(*outside) if outside else None


def _dial_end(message: Message, node: NodeName) -> Fact | None:
    head = _phone(message, node, "Dest")
    status = required(message, "DialStatus")
    if head is None:
        outside = _outside(message, node)
        return facts.OutsideAnswered(*outside) if outside and status == "ANSWER" else None
    if status == "CANCEL":
        return None
    return facts.PhoneAnswered(*head) if status == "ANSWER" else facts.PhoneFailed(*head, status)


def _hold(message: Message, node: NodeName) -> Fact | None:
    head = _phone(message, node)
    return facts.PhoneHeld(*head) if head else None


def _unhold(message: Message, node: NodeName) -> Fact | None:
    head = _phone(message, node)
    return facts.PhoneResumed(*head) if head else None


def _blind_transfer(message: Message, node: NodeName) -> Fact | None:
    call_id = call_of(message, "Transferer")
    if not call_id:
        return None
    by = channel(message, "TransfererChannel")
    return facts.BlindTransferred(moment(message), node, call_id, by, required(message, "Extension"))


def _attended_transfer(message: Message, node: NodeName) -> Fact | None:
    """By SIP REFER. With the keys of a telephone the target is a Local channel; the dial has told the real one."""
    call_id, target = call_of(message, "OrigTransferer"), optional(message, "TransferTargetChannel")
    if not call_id or optional(message, "Result") != "Success" or not target or target.startswith(LOCAL):
        return None
    by = channel(message, "OrigTransfererChannel")
    return facts.AttendedTransferred(moment(message), node, call_id, by, ChannelName(target))


def _spy_start(message: Message, node: NodeName) -> Fact | None:
    leg = required(message, "SpyerUniqueid")
    name = channel(message, "SpyerChannel")
    return facts.SpyStarted(moment(message), node, leg, name) if leg.startswith(SPY_LEG) else None


def _contact_status(message: Message, node: NodeName) -> Fact | None:
    """A telephone registered and answered our question, or answers again."""
    found = AGENT_ENDPOINT.fullmatch(optional(message, "AOR"))
    if found is None or optional(message, "ContactStatus") != "Reachable":
        return None
    device = Device.BROWSER if found[2] else Device.PHONE
    return facts.PhoneReachable(moment(message), node, AgentId(found[1]), device)


def _originate_response(message: Message, node: NodeName) -> Fact | None:
    if optional(message, "Response") != "Failure":
        return None
    asked, reason = identifier(required(message, "ActionID")), integer(message, "Reason")
    if asked.startswith(SPY_LEG):
        return facts.SpyNotReached(moment(message), node, asked)
    if asked.startswith(FAX_ACTION):
        return facts.FaxOver(moment(message), node, asked.removeprefix(FAX_ACTION), False, 0, f"not reached ({reason})")
    if asked.startswith(NOTICE_ACTION):
        notice_id = asked.removeprefix(NOTICE_ACTION)
        return facts.NoticeOver(moment(message), node, notice_id, False, f"not reached ({reason})")
    if asked.startswith(f"{node}{CALLBACK_LEG}"):
        return facts.CallbackNotDialled(moment(message), node, asked)
    return facts.OriginateFailed(moment(message), node, AttemptId(asked), reason)


def _customer(message: Message, node: NodeName) -> tuple[datetime, NodeName, CallId, ChannelName] | None:
    """The leg of a call that is no agent's telephone: the one that is recorded."""
    head = _leg(message, node)
    if head is None:
        return None
    at, _, name, _, call_id, agent_id = head
    return (at, node, call_id, name) if call_id and agent_id is None else None


def _of_the_recorder(kind: type[facts.RecorderFact]) -> Callable[[Message, NodeName], Fact | None]:
    def read(message: Message, node: NodeName) -> Fact | None:
        head = _customer(message, node)
        return kind(*head) if head else None

    return read


def _joined(message: Message, node: NodeName) -> Fact | None:
    phone = _phone(message, node)
    if phone is not None:
        return facts.PhoneJoined(*phone)
    head = _customer(message, node)
    return facts.ChannelJoined(*head) if head else None


def _recorder_muted(message: Message, node: NodeName) -> Fact | None:
    head = _customer(message, node)
    return facts.RecorderMuted(*head, muted=required(message, "State") == "1") if head else None


_READERS: dict[str, Callable[[Message, NodeName], Fact | None]] = {
    "UserEvent": user_event,
    "Newchannel": _new_channel,
    "Newstate": _new_state,
    "HangupRequest": _hangup_request,
    "Hangup": _hangup,
    "DialBegin": _dial_begin,
    "DialEnd": _dial_end,
    "Hold": _hold,
    "Unhold": _unhold,
    "BlindTransfer": _blind_transfer,
    "AttendedTransfer": _attended_transfer,
    "ChanSpyStart": _spy_start,
    "ContactStatus": _contact_status,
    "OriginateResponse": _originate_response,
    "MixMonitorStart": _of_the_recorder(facts.RecorderArmed),
    "MixMonitorStop": _of_the_recorder(facts.RecorderRested),
    "MixMonitorMute": _recorder_muted,
    "BridgeEnter": _joined,
    "BridgeLeave": _of_the_recorder(facts.ChannelParted),
}
EVENTS = frozenset(_READERS)
"""The names of the events that can hold a fact."""


# ---- the lists of everything alive ------------------------

ASKED_VARIABLES = (
    Variable.QUEUE,
    Variable.PRIORITY,
    Variable.DID,
    Variable.ATTEMPT_ID,
    Variable.QUEUED_AT,
    Variable.AGENT,
    Variable.MEMBER,
    Variable.RECORDER,
)
"""What the action Status must report beside each channel."""


def live_leg(message: Message) -> LiveLeg | None:
    """One channel of the answer to Status; None for Local channels."""
    name = channel(message)
    if name.startswith(LOCAL):
        return None
    told = variables(message, "Variable")
    queued_at = told.get(Variable.QUEUED_AT, "")
    attempt_id = told.get(Variable.ATTEMPT_ID, "")
    caller = optional(message, "CallerIDNum")
    served_by = told.get(Variable.MEMBER) or told.get(Variable.AGENT)
    return LiveLeg(
        channel=name,
        unique_id=required(message, "Uniqueid"),
        call_id=call_of(message),
        state={RINGING: LegState.RINGING, UP: LegState.UP}.get(optional(message, "ChannelState"), LegState.OTHER),
        context=optional(message, "Context"),
        age_seconds=integer(message, "Seconds"),
        agent_id=agent_of(name),
        queue=QueueName(told.get(Variable.QUEUE, "")),
        priority=int(told.get(Variable.PRIORITY) or 0),
        did=told.get(Variable.DID, "")[:32],
        caller="" if caller == UNKNOWN_NUMBER else caller[:32],
        attempt_id=AttemptId(attempt_id) if attempt_id else None,
        queued_at=epoch(queued_at) if queued_at else None,
        served_by=AgentId(served_by) if served_by else None,
        recorded=bool(told.get(Variable.RECORDER)),
        joined=bool(optional(message, "BridgeID")),
    )


def live_member(message: Message) -> LiveMember:
    """One of app_queue's members in the answer to QueueStatus."""
    queue, agent_id = QueueName(queue_of_fallback(required(message, "Queue"))), AgentId(required(message, "Name"))
    return LiveMember(queue, agent_id, paused=required(message, "Paused") == "1")
