"""Names shared with dialplans/*.conf: contexts, channel variables, user events, AGI routes.

tests/contract/test_dialplan.py checks that both sides name the same things.
"""

from enum import StrEnum


class Context(StrEnum):
    INBOUND = "cc-inbound"  # a call enters from a trunk
    IVR = "cc-ivr"  # voice menu over FastAGI
    WAITING = "cc-waiting"  # waiting room; the ACD redirects out of it
    WAY_OUT = "cc-way-out"  # exten = message, callback, menu or goodbye: who cannot wait here
    LEAVE_MESSAGE = "cc-leave-message"
    ASK_CALLBACK = "cc-ask-callback"  # shall we call you back?
    CALLBACK_AGENT = "cc-callback-agent"  # exten = agent number: agent first, the agent is rung
    CALLBACK_AGENT_WAITS = "cc-callback-agent-waits"
    CALLBACK = "cc-callback"  # a customer answered the promised call
    DELIVER = "cc-deliver"  # exten = agent number: ring the agent
    TALKED = "cc-talked"  # a conversation is over: survey, or kept when the agent's phone vanished (CC_PEER)
    KEPT = "cc-kept"  # the agent's phone vanished: music until it is back
    PHONES = "cc-phones"  # Gosub, exten = agent number: what rings, in CC_RING
    PHONE_GONE = "cc-phone-gone"  # hang-up handler of an agent's leg
    SURVEY = "cc-survey"
    OUTBOUND = "cc-outbound"  # an outbound attempt was answered
    FAILED = "cc-failed"  # no menu: emergency script, then agents
    FALLBACK = "cc-fallback"  # no ACD: app_queue
    AGENT = "cc-agent"  # what an agent's phone may dial
    PASSWORD = "cc-password"  # sent to the password menu by the agent, and back to him
    AGENT_WAITS = "cc-agent-waits"  # where the agent's leg is meanwhile
    HELD = "cc-held"  # the customer hears music while the agent holds or asks somebody
    AGENT_HOLDS = "cc-agent-holds"  # the agent's leg while the customer is held by command
    REJOIN = "cc-rejoin"  # the agent's leg, back to the customer
    CONSULT = "cc-consult"  # exten = agent number: the agent's leg asks a colleague
    CONSULT_OUTSIDE = "cc-consult-outside"  # exten = number: asks somebody outside
    CONSULTED = "cc-consulted"  # the one asked, after the agent hung up: has the customer now
    MANAGER = "cc-manager"  # the customer's own manager is rung outside the house
    OUTSIDE = "cc-outside"  # exten = number: the customer goes to somebody outside
    CONFERENCE = "cc-conference"  # agent and the one asked, with the customer
    CONFERENCE_CALLER = "cc-conference-caller"
    SUPERVISOR = "cc-supervisor"  # a supervisor's leg that listens
    TAKE_OVER = "cc-take-over"  # a supervisor's leg, to the customer
    PHONE_TRANSFER = "cc-phone-transfer"  # what an agent dials after *1 or *2
    FAX = "cc-fax"  # fax-back on the caller's own call
    FAX_OUT = "cc-fax-out"  # a fax machine we dialled has answered
    FAX_OVER = "cc-fax-over"  # hang-up handler of both: tells how it went
    NOTICE = "cc-notice"  # somebody we rang to tell him something has answered
    NOTICE_OVER = "cc-notice-over"  # its hang-up handler: tells how it went
    FAX_IN = "cc-fax-in"  # pages for us
    FAX_IN_OVER = "cc-fax-in-over"  # its hang-up handler: the line beside the pages
    RECORD = "cc-record"  # a conversation may follow: it will be recorded
    RECORD_REST = "cc-record-rest"  # none does for a while
    ENDED = "cc-ended"
    QUEUE_MEMBER = "cc-queue-member"  # app_queue's members: exten = agent number
    HINTS = "cc-hints"  # exten = agent number: state of both of the agent's phones


class Variable(StrEnum):
    CALL_ID = "CC_CALL_ID"
    DID = "CC_DID"
    QUEUE = "CC_QUEUE"
    PRIORITY = "CC_PRIORITY"
    CALLER = "CC_CALLER"  # the customer's number, whoever dialled
    CENTER = "CC_CENTER"  # the caller's home centre, set by the menu
    MARKS = "CC_MARKS"  # what gives the caller points (vip), with - between; set by the menu
    MANAGER = "CC_MANAGER"  # agent number of the customer's own manager, set by the menu; empty: none
    MANAGER_PHONE = "CC_MANAGER_PHONE"  # the manager's telephone outside, digits; empty: none
    LANGUAGE = "CC_LANGUAGE"
    OUTCOME = "CC_OUTCOME"  # set by the menu: agent | self_service | hangup
    AGI_DONE = "CC_AGI_DONE"  # "1" is the menu's last word; anything else means it died
    QUEUED_AT = "CC_QUEUED_AT"  # epoch seconds of the first entry into the waiting room: seniority across a restart
    AGENT = "CC_AGENT"
    PEER = "CC_PEER"  # the agent's leg of the conversation that is over
    RINGER = "CC_RINGER"  # on an agent's leg: the channel it was rung from
    KEPT = "CC_KEPT"  # "1" while the caller is kept for an agent
    LOST = "CC_LOST"  # which of the agent's telephones vanished: browser or phone
    RING = "CC_RING"  # what Dial rings for an agent
    DEVICES = "CC_DEVICES"  # global, as CC_DEVICES_<agent number>: the one device that rings; empty: both
    MEMBER = "MEMBERNAME"  # set by app_queue: the agent number of who answered there
    ATTEMPT_ID = "CC_ATTEMPT_ID"
    AGENT_CHANNEL = "CC_AGENT_CHANNEL"  # the leg that waits for the caller's return from the password menu
    CUSTOMER_CHANNEL = "CC_CUSTOMER_CHANNEL"  # on the other legs of a call: who is held meanwhile
    SPIED_CHANNEL = "CC_SPIED_CHANNEL"  # on a supervisor's leg
    SPY_MODE = "CC_SPY_MODE"  # ChanSpy's letter: empty, w or B
    VERIFY_NUMBER = "CC_VERIFY_NUMBER"  # the line whose password is asked for there
    FAX_FILE = "CC_FAX_FILE"  # TIFF; set by the menu (fax-back) or by the ACD (outgoing)
    FAX_ID = "CC_FAX_ID"
    NOTICE_ID = "CC_NOTICE_ID"
    NOTICE_PROMPTS = "CC_NOTICE_PROMPTS"  # files, joined by &
    NOTICE_HEARD = "CC_NOTICE_HEARD"  # how often it was heard to the end
    FAX_DID = "CC_FAX_DID"  # global: our number for faxes; empty: none
    FAX_SPOOL = "CC_FAX_SPOOL"  # global: folder of what came in
    FAX_STATION = "CC_FAX_STATION"  # what the other machine calls itself
    ACD_LEASE = "CC_ACD_LEASE"  # global: epoch seconds until which the ACD answers for the waiting room
    RECORDER = "CC_RECORDER"  # id of the recorder on the caller's channel, set by Asterisk; empty: not recorded
    UNRECORDED = "CC_UNRECORDED"  # global: queues whose calls are not recorded, as &name&&name&
    AHEAD = "CC_AHEAD"  # callers in front of this one, set by the ACD
    WAIT_MINUTES = "CC_WAIT_MINUTES"  # expected wait, set by the ACD
    SAY = "CC_SAY"  # a sentence of queue/say/ the waiting caller should hear, set by the ACD
    CALLBACK = "CC_CALLBACK"  # "yes": a call back may be booked here, set by the ACD
    CALLBACK_NUMBER = "CC_CALLBACK_NUMBER"  # digits; set by the menu that asked
    CALLBACK_ID = "CC_CALLBACK_ID"  # comes with our call to the customer
    PROMISE = "CC_PROMISE"  # the ACD's answer to CallbackWanted: booked, kept (an older one) or no
    WAY = "CC_WAY"  # why the caller cannot wait (QueueExit), set by the ACD


class UserEvent(StrEnum):
    """Every one carries CallId (attempt results also AttemptId)."""

    CALL_OFFERED = "CallOffered"  # Did, Caller
    IVR_ANSWERED = "IvrAnswered"
    IVR_VISITED = "IvrVisited"  # Node, Key, Outcome; of several nodes passed in one breath each is a list
    IDENTIFIED = "Identified"  # Customer, AuthLevel
    AGENT_REQUESTED = "AgentRequested"  # Queue, Reason
    IVR_LEFT = "IvrLeft"  # Outcome
    CALL_WAITING = "CallWaiting"  # Queue, Priority, Center, Marks, Manager, ManagerPhone (has one): (again) in the room
    CALLER_ASKED = "CallerAsked"  # What: message, callback: out of the room for the time of a question
    QUEUE_LEFT = "QueueLeft"  # How (QueueExit): left the room, still on the line
    CALLBACK_WANTED = "CallbackWanted"  # Number, Language; the ACD answers by CC_PROMISE
    CALLBACK_ANSWERED = "CallbackAnswered"  # CallbackId: the customer answered our call
    AGENT_LOST = "AgentLost"  # the agent's phone vanished, the caller is kept; again after a vain try to give back
    CALLBACK_AGENT_READY = "CallbackAgentReady"  # CallbackId: agent first; said on the agent's leg
    FALLBACK_WAITING = "FallbackWaiting"  # Queue: app_queue holds the caller
    FALLBACK_ANSWERED = "FallbackAnswered"  # app_queue's member answered; said on the member's channel
    SURVEY_ANSWERED = "SurveyAnswered"  # Satisfaction, Reason
    AGENT_REJOINED = "AgentRejoined"  # Status (of the consultation's Dial): the agent is going back to the customer
    PASSWORD_CHECKED = "PasswordChecked"  # Result: pass, fail, locked
    FAX_OVER = "FaxOver"  # FaxId, Status, Pages, Reason; CallId is empty for a fax we dialled
    NOTICE_OVER = "NoticeOver"  # NoticeId, Heard; CallId is empty
    ATTEMPT_ANSWERED = "AttemptAnswered"  # AttemptId
    ATTEMPT_RESULT = "AttemptResult"  # AttemptId, Code


class AgiRoute(StrEnum):
    MAIN = "main"
    SURVEY = "survey"
    DUNNING = "dunning"
    PASSWORD = "password"
    MESSAGE = "message"
    CALLBACK = "callback"


VISIT_SEPARATOR = "+"
"""Between the nodes, keys and outcomes of one IvrVisited."""

FALLBACK_QUEUE_PREFIX = "cc-"
"""app_queue's name of a queue is this and ours: queues.conf keeps `general` for its own settings."""


def fallback_queue(queue: str) -> str:
    return FALLBACK_QUEUE_PREFIX + queue


def queue_of_fallback(name: str) -> str:
    """The queue whose callers app_queue's queue of that name takes."""
    return name.removeprefix(FALLBACK_QUEUE_PREFIX)
