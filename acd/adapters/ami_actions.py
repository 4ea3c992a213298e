"""What each action looks like on the wire. Pure: one function for each, no free text from callers anywhere else."""

from collections.abc import Callable
from typing import Any

from acd.contracts.dialplan import Context, Variable, fallback_queue
from acd.contracts.ids import AgentId, ChannelName
from acd.contracts.vocabulary import SpyMode
from acd.core import effects
from acd.core.messages.translate import ASKED_VARIABLES, FAX_ACTION, NOTICE_ACTION

Headers = dict[str, str | list[str]]

SERVICE_CALLER_ID = "10010"
FAX_RING_SECONDS = 45
NOTICE_RING_SECONDS = 30
SPY_RING_SECONDS = 30
CHANSPY_LETTER = {SpyMode.LISTEN: "", SpyMode.WHISPER: "w", SpyMode.BARGE: "B"}
AGENT_RING_SECONDS = 20


class UnsafeValue(ValueError):
    """A value holds a character that would start a new header: refused, never sent."""


def checked(headers: Headers) -> Headers:
    """The headers, or UnsafeValue when one holds a control character."""
    for name, value in headers.items():
        for text in [value] if isinstance(value, str) else value:
            if any(ord(character) < 32 or ord(character) == 127 for character in name + text):
                raise UnsafeValue(name)
    return headers


def encode(action: effects.Action) -> list[Headers]:
    """The messages to send for an action, in order."""
    if isinstance(action, effects.SetVariables):
        return [set_variable(name, value, action.channel) for name, value in action.values]
    if isinstance(action, effects.AskLegs):
        return [{"Action": "QueueStatus"}, status()]
    if isinstance(action, effects.ListenTo):
        return listen_to(action)
    return [_MESSAGES[type(action)](action)]


def redirect(action: effects.Redirect) -> Headers:
    return {
        "Action": "Redirect",
        "Channel": action.channel,
        "Context": action.context.value,
        "Exten": action.exten,
        "Priority": "1",
    }


def redirect_pair(action: effects.RedirectPair) -> Headers:
    return {
        "Action": "Redirect",
        "Channel": action.channel,
        "Context": action.context.value,
        "Exten": "s",
        "Priority": "1",
        "ExtraChannel": action.other,
        "ExtraContext": action.other_context.value,
        "ExtraExten": action.other_exten,
        "ExtraPriority": "1",
    }


def mute_recorder(action: effects.MuteRecorder) -> Headers:
    return {
        "Action": "MixMonitorMute",
        "Channel": action.channel,
        "Direction": "both",
        "State": "1" if action.muted else "0",
    }


def dial_fax(action: effects.DialFax) -> Headers:
    return {
        "Action": "Originate",
        "ActionID": f"{FAX_ACTION}{action.fax_id}",
        "Channel": f"PJSIP/{action.number}@trunk",
        "Context": Context.FAX_OUT.value,
        "Exten": "s",
        "Priority": "1",
        "CallerID": SERVICE_CALLER_ID,
        "Timeout": str(FAX_RING_SECONDS * 1000),
        "Variable": [f"{Variable.FAX_ID}={action.fax_id}", f"{Variable.FAX_FILE}={action.file}"],
        "Async": "true",
    }


def dial_notice(action: effects.DialNotice) -> Headers:
    known = {
        Variable.NOTICE_ID: action.notice_id,
        Variable.NOTICE_PROMPTS: "&".join(action.prompts),
        Variable.LANGUAGE: action.language,
    }
    return {
        "Action": "Originate",
        "ActionID": f"{NOTICE_ACTION}{action.notice_id}",
        "Channel": f"PJSIP/{action.number}@trunk",
        "Context": Context.NOTICE.value,
        "Exten": "s",
        "Priority": "1",
        "CallerID": SERVICE_CALLER_ID,
        "Timeout": str(NOTICE_RING_SECONDS * 1000),
        "Variable": [f"{name}={value}" for name, value in known.items()],
        "Async": "true",
    }


def originate_spy(action: effects.OriginateSpy) -> Headers:
    return {
        "Action": "Originate",
        "ActionID": action.leg,
        "Channel": f"PJSIP/{action.phone}",
        "ChannelId": action.leg,
        "Context": Context.SUPERVISOR.value,
        "Exten": "s",
        "Priority": "1",
        "CallerID": action.shown,
        "Timeout": str(SPY_RING_SECONDS * 1000),
        "Variable": [
            f"{Variable.CUSTOMER_CHANNEL}={action.customer}",
            f"{Variable.SPIED_CHANNEL}={action.spied}",
            f"{Variable.SPY_MODE}={CHANSPY_LETTER[action.mode]}",
        ],
        "Async": "true",
    }


def listen_to(action: effects.ListenTo) -> list[Headers]:
    """The mode first: without a redirect the dialplan looks at the leg alone."""
    spied = [
        set_variable(Variable.SPY_MODE, CHANSPY_LETTER[action.mode], action.leg),
        set_variable(Variable.SPIED_CHANNEL, action.spied, action.leg),
    ]
    place = effects.Redirect(action.node, ChannelName(action.leg), Context.SUPERVISOR, "s")
    return [*spied, redirect(place)] if action.answered else spied


def press_key(action: effects.PressKey) -> Headers:
    """Received from the leg, not sent to it."""
    return {"Action": "PlayDTMF", "Channel": action.channel, "Digit": action.key, "Receive": "true"}


def hangup(action: effects.Hangup) -> Headers:
    return {"Action": "Hangup", "Channel": action.channel, "Cause": "16"}


def set_variable(name: Variable, value: str, channel: str) -> Headers:
    return {"Action": "Setvar", "Variable": name.value, "Value": value, "Channel": channel}


def set_global(action: effects.SetGlobal) -> Headers:
    name = f"{action.name.value}_{action.of}" if action.of else action.name.value
    return {"Action": "Setvar", "Variable": name, "Value": action.value}


def originate(action: effects.Originate) -> Headers:
    return {
        "Action": "Originate",
        "ActionID": action.attempt_id,
        "Channel": f"PJSIP/{action.number}@trunk",
        "ChannelId": action.unique_id,
        "Context": Context.OUTBOUND.value,
        "Exten": "s",
        "Priority": "1",
        "CallerID": SERVICE_CALLER_ID,
        "Timeout": str(action.ring_seconds * 1000),
        "Variable": [f"__{Variable.ATTEMPT_ID}={action.attempt_id}", f"__{Variable.LANGUAGE}={action.language}"],
        "Async": "true",
    }


def dial_promised(action: effects.DialPromised) -> Headers:
    """Everything the call needs comes with it, so that it goes its way even if the ACD dies now."""
    known = {
        Variable.CALLBACK_ID: action.callback_id,
        Variable.CALLER: action.number,
        Variable.DID: SERVICE_CALLER_ID,
        Variable.QUEUE: action.queue,
        Variable.PRIORITY: str(action.priority),
        Variable.QUEUED_AT: str(int(action.place_at.timestamp())),
        Variable.LANGUAGE: action.language,
        Variable.AGENT_CHANNEL: action.agent_channel or "",
    }
    return {
        "Action": "Originate",
        "ActionID": action.unique_id,
        "Channel": f"PJSIP/{action.number}@trunk",
        "ChannelId": action.unique_id,
        "Context": Context.CALLBACK.value,
        "Exten": "s",
        "Priority": "1",
        "CallerID": SERVICE_CALLER_ID,
        "Timeout": str(action.ring_seconds * 1000),
        "Variable": [f"__{name}={value}" for name, value in known.items()],
        "Async": "true",
    }


def ring_for_promise(action: effects.RingForPromise) -> Headers:
    """Through a Local channel, so that both phones ring; /n keeps it whole."""
    known = {
        Variable.CALL_ID: action.unique_id,
        Variable.CALLBACK_ID: action.callback_id,
        Variable.LANGUAGE: action.language,
    }
    return {
        "Action": "Originate",
        "ActionID": f"{action.unique_id}{effects.AGENT_LEG}",
        "Channel": f"Local/{action.agent_id}@{Context.CALLBACK_AGENT}/n",
        "Context": Context.CALLBACK_AGENT_WAITS.value,
        "Exten": "s",
        "Priority": "1",
        "CallerID": SERVICE_CALLER_ID,
        "Timeout": str(AGENT_RING_SECONDS * 1000),
        "Variable": [f"__{name}={value}" for name, value in known.items()],
        "Async": "true",
    }


def queue_add(action: effects.AddMember) -> Headers:
    return {
        "Action": "QueueAdd",
        "Queue": fallback_queue(action.queue),
        "Interface": member(action.agent_id),
        "MemberName": action.agent_id,
        "StateInterface": f"hint:{action.agent_id}@{Context.HINTS}",
        "Paused": _yes_no(action.paused),
    }


def queue_remove(action: effects.RemoveMember) -> Headers:
    return {"Action": "QueueRemove", "Queue": fallback_queue(action.queue), "Interface": member(action.agent_id)}


def queue_pause(action: effects.PauseMember) -> Headers:
    """In all queues of the agent at once."""
    return {"Action": "QueuePause", "Interface": member(action.agent_id), "Paused": _yes_no(action.paused)}


def status() -> Headers:
    """Every channel alive, with the variables a resync needs. Its end is the end of the whole answer."""
    return {"Action": "Status", "Variables": ",".join(ASKED_VARIABLES)}


def member(agent_id: AgentId) -> str:
    """app_queue's name of an agent: a Local channel, so that both phones ring; /n keeps it whole."""
    return f"Local/{agent_id}@{Context.QUEUE_MEMBER}/n"


def _yes_no(value: bool) -> str:
    return "true" if value else "false"


_MESSAGES: dict[type[effects.Action], Callable[[Any], Headers]] = {
    effects.Redirect: redirect,
    effects.RedirectPair: redirect_pair,
    effects.MuteRecorder: mute_recorder,
    effects.DialFax: dial_fax,
    effects.DialNotice: dial_notice,
    effects.Hangup: hangup,
    effects.OriginateSpy: originate_spy,
    effects.PressKey: press_key,
    effects.Originate: originate,
    effects.DialPromised: dial_promised,
    effects.RingForPromise: ring_for_promise,
    effects.AddMember: queue_add,
    effects.RemoveMember: queue_remove,
    effects.PauseMember: queue_pause,
    effects.SetGlobal: set_global,
}
