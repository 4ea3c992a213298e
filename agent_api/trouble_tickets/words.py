"""Our words in TMF621's and back: types, severities, states, and which of its changes are acts of ours. Pure."""

from agent_api.tickets.words import Act, Channel, Level, State, TicketType

SEVERITY_OF = {Level.MAJOR: "Critical", Level.URGENT: "Major", Level.NORMAL: "Minor"}
LEVEL_OF = {severity.lower(): level for level, severity in SEVERITY_OF.items()}

STATUS_OF: dict[State, str] = {
    State.DRAFT: "acknowledged",
    State.ACCEPTED: "acknowledged",
    State.AUDITING: "acknowledged",
    State.DISPATCHED: "pending",
    State.PROCESSING: "inProgress",
    State.INFO_REQUIRED: "pending",
    State.SUSPENDED: "held",
    State.RETURNED: "pending",
    State.REPLIED: "inProgress",
    State.RESULT_AUDIT: "inProgress",
    State.REPROCESSING: "inProgress",
    State.CALLBACK: "resolved",
    State.CLOSED: "resolved",
    State.ARCHIVED: "closed",
    State.REOPENED: "inProgress",
    State.CANCELLED: "cancelled",
    State.REJECTED: "rejected",
    State.ASKED: "acknowledged",
    State.ANSWERED: "resolved",
    State.FORWARDED: "pending",
    State.NOTIFIED: "resolved",
    State.NEW: "acknowledged",
    State.WORKING: "inProgress",
    State.REPORTED: "acknowledged",
    State.PRE_CHECKED: "acknowledged",
    State.IN_REPAIR: "inProgress",
    State.REPAIRED: "resolved",
    State.CUSTOMER_CONFIRM: "resolved",
}
"""Requirements.md 2.8.2; the states of the other flows by their meaning."""
STATUSES = (
    "acknowledged", "rejected", "pending", "held", "inProgress", "cancelled", "closed", "resolved",
)  # fmt: skip
TYPE_OF = {kind.value: kind for kind in TicketType}
CHANNEL_OF = {channel.value: channel for channel in Channel}
CHANNEL_TITLES = {
    Channel.VOICE: "热线",
    Channel.WEB: "网站",
    Channel.FAX: "传真",
    Channel.EMAIL: "电子邮件",
    Channel.LETTER: "信函",
    Channel.SMS: "短信",
    Channel.COUNTER: "营业厅",
    Channel.OUTBOUND: "外呼",
}

ACTS_FOR: dict[str, tuple[Act, ...]] = {
    "inProgress": (Act.ACCEPT, Act.TAKE_UP, Act.RESUME),
    "resolved": (Act.REPLY, Act.ANSWER),
    "closed": (Act.ARCHIVE, Act.CLOSE),
    "cancelled": (Act.WITHDRAW,),
}
"""What a system's wish for a status means, the first that the ticket allows. The others are ours to give."""
RIGHT_FOR = {"inProgress": "update", "resolved": "resolve", "closed": "close", "cancelled": "update"}
RIGHTS = ("create", "update", "resolve", "close", "delete")

SERVER_POPULATED = frozenset({"id", "href", "creationDate", "lastUpdate", "statusChange", "statusChangeDate"})
"""Not in TroubleTicket_Update: nobody patches them."""
OURS_TO_SAY = frozenset({"expectedResolutionDate", "resolutionDate", "ticketType", "severity"})
"""In TroubleTicket_Update, but they follow from the flow and its clocks: a different value is refused."""

ATTRIBUTES = (
    "id", "href", "creationDate", "description", "expectedResolutionDate", "externalId", "lastUpdate", "name",
    "priority", "requestedResolutionDate", "resolutionDate", "severity", "statusChangeDate", "statusChangeReason",
    "ticketType", "attachment", "channel", "note", "relatedEntity", "relatedParty", "status", "statusChange",
    "troubleTicketRelationship", "@baseType", "@schemaLocation", "@type",
)  # fmt: skip

CREATED, CHANGED, STATUS_CHANGED, DELETED, RESOLVED, INFORMATION = (
    f"TroubleTicket{what}Event"
    for what in ("Create", "AttributeValueChange", "StatusChange", "Delete", "Resolved", "InformationRequired")
)
EVENTS = (CREATED, CHANGED, STATUS_CHANGED, DELETED, RESOLVED, INFORMATION)


def events_of(seq: int, before: State, after: State) -> tuple[str, ...]:
    """Which events one act is: nought is the ticket's opening."""
    if seq == 0:
        return (CREATED,)
    if STATUS_OF[before] == STATUS_OF[after]:
        return (INFORMATION,) if after is State.INFO_REQUIRED and before is not after else (CHANGED,)
    more = {State.INFO_REQUIRED: (INFORMATION,)}.get(after, ())
    if STATUS_OF[after] == "resolved":
        more = (RESOLVED,)
    return (STATUS_CHANGED, *more)
