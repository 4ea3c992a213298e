"""Dunning calls: gate, dial, and exactly one result for each attempt, however it ends."""

from dataclasses import replace
from datetime import datetime, timedelta

from acd.contracts import events
from acd.contracts.commands import CancelDial, DialDebtor
from acd.contracts.ids import AttemptId, NodeName
from acd.contracts.vocabulary import AttemptCode, BlockRule, Direction
from acd.core import facts
from acd.core.calls.call import Call, CallerGone, CallState
from acd.core.calls.progress import adopt
from acd.core.calls.steps.base import milliseconds
from acd.core.effects import Hangup, Originate, unnumbered
from acd.core.errors import Code, Refused
from acd.core.outbound.attempt import Attempt
from acd.core.outbound.dialer import gate, unanswered
from acd.core.state import World

SERVICE_NUMBER = "10010"
"""Shown to the called person: the unified service number, by law the only one."""
RING_SECONDS = 30
END_SEEN_WITHIN = timedelta(seconds=RING_SECONDS + 15)


def dial_debtor(world: World, command: DialDebtor) -> None:
    """Ask the gate, then dial. Raises Refused when nothing was decided about the debtor."""
    if command.attempt_id in world.attempts:
        raise Refused(Code.ATTEMPT_REPEATED)
    rule = gate(command.debtor, command.policy, world.now)
    if rule is not None:
        block(world, command.attempt_id, rule)
        return
    node = next(iter(world.synced_nodes()), None)
    if node is None:
        raise Refused(Code.DIALER_NO_LINE)
    # The node's name keeps the id unique among nodes; it becomes the call id when the call is answered.
    unique_id = f"{node}-{command.attempt_id}"
    attempt = Attempt(command.attempt_id, node, command.number, unique_id, world.now)
    world.ask(Originate(node, attempt.attempt_id, unique_id, attempt.number, command.language, RING_SECONDS))
    world.put_attempt(attempt)
    world.publish(events.AttemptStarted(**unnumbered(world.now, node), attempt_id=attempt.attempt_id))
    world.set_timer(facts.Timer.ATTEMPT, attempt.attempt_id, END_SEEN_WITHIN)


def block(world: World, attempt_id: AttemptId, rule: BlockRule, node: NodeName = NodeName("")) -> None:
    """The result of a dial that a rule forbids; nothing was dialled."""
    head = unnumbered(world.now, node)
    world.publish(events.AttemptFinished(**head, attempt_id=attempt_id, code=AttemptCode.BLOCKED, rule=rule))


def cancel_dial(world: World, command: CancelDial) -> None:
    """Stop a dial that still rings."""
    attempt = world.attempts.get(command.attempt_id)
    if attempt is None:
        raise Refused(Code.ATTEMPT_UNKNOWN)
    if attempt.answered_at is not None:
        raise Refused(Code.ATTEMPT_WRONG_STATE)
    world.put_attempt(replace(attempt, cancelled=True))
    if attempt.channel is not None:
        world.ask(Hangup(attempt.node, attempt.channel))


def _dialling(world: World, fact: facts.LegFact) -> Attempt | None:
    prefix = f"{fact.node}-"
    if not fact.unique_id.startswith(prefix):
        return None
    attempt = world.attempts.get(AttemptId(fact.unique_id.removeprefix(prefix)))
    return attempt if attempt is not None and attempt.answered_at is None else None


def leg_opened(world: World, fact: facts.LegOpened) -> None:
    attempt = _dialling(world, fact)
    if attempt is not None:
        world.put_attempt(replace(attempt, channel=fact.channel))
        if attempt.cancelled:
            world.ask(Hangup(attempt.node, fact.channel))


def leg_alerted(world: World, fact: facts.LegAlerted) -> None:
    attempt = _dialling(world, fact)
    if attempt is not None and not attempt.rang:
        world.put_attempt(replace(attempt, rang=True))


def leg_gone(world: World, fact: facts.LegGone) -> None:
    """The hang-up of an unanswered dial: its cause says more than OriginateResponse's reason."""
    attempt = _dialling(world, fact)
    if attempt is not None:
        finish_unanswered(world, attempt, fact.at, fact.cause)


def finish_unanswered(world: World, attempt: Attempt, at: datetime, cause: int) -> None:
    if attempt.cancelled:
        _finish(world, attempt, at, AttemptCode.BLOCKED, cause, BlockRule.PAID)
    else:
        _finish(world, attempt, at, unanswered(cause, rang=attempt.rang), cause)


def originate_failed(world: World, fact: facts.OriginateFailed) -> None:
    """Decisive only when no channel was ever made; otherwise its hang-up follows (or came before)."""
    attempt = world.attempts.get(fact.attempt_id)
    if attempt is not None and attempt.channel is None and attempt.answered_at is None:
        finish_unanswered(world, attempt, fact.at, 0)


def attempt_overdue(world: World, attempt_id: AttemptId) -> None:
    """Neither answer nor hang-up was seen in time (a lost link): the debtor counts as tried if it rang."""
    attempt = world.attempts.get(attempt_id)
    if attempt is not None and attempt.answered_at is None:
        finish_unanswered(world, attempt, world.now, 0)


def picked_up(world: World, fact: facts.AttemptPickedUp) -> None:
    """The called person answered: from here on it is a call like any other."""
    attempt = world.attempts.get(fact.attempt_id)
    if attempt is None or attempt.answered_at is not None:
        world.skipped["AttemptPickedUp of no open attempt"] += 1
        return
    world.cancel_timer(facts.Timer.ATTEMPT, attempt.attempt_id)
    world.put_attempt(replace(attempt, channel=fact.channel, answered_at=fact.at, call_id=fact.call_id))
    head = unnumbered(fact.at, fact.node)
    world.publish(events.AttemptAnswered(**head, attempt_id=attempt.attempt_id, call_id=fact.call_id))
    call = Call(
        fact.call_id,
        fact.node,
        fact.channel,
        Direction.OUTBOUND,
        fact.at,
        did=SERVICE_NUMBER,
        caller=attempt.number,
        attempt_id=attempt.attempt_id,
        state=CallState.IN_IVR,
    )
    adopt(world, call)


def judged(world: World, fact: facts.AttemptJudged) -> None:
    attempt = world.attempts.get(fact.attempt_id)
    if attempt is None:
        world.skipped["AttemptJudged of no open attempt"] += 1
        return
    _finish(world, attempt, fact.at, fact.code, 0)


def caller_hung_up(world: World, call: Call, fact: CallerGone) -> None:
    """An answered attempt whose menu said nothing until the hang-up."""
    attempt = world.attempts.get(call.attempt_id) if call.attempt_id else None
    if attempt is not None:
        _finish(world, attempt, fact.at, AttemptCode.HANGUP_EARLY, fact.cause)


def _finish(
    world: World, attempt: Attempt, at: datetime, code: AttemptCode, cause: int, rule: BlockRule | None = None
) -> None:
    world.drop_attempt(attempt)
    world.publish(
        events.AttemptFinished(
            **unnumbered(at, attempt.node),
            attempt_id=attempt.attempt_id,
            code=code,
            rule=rule,
            hangup_cause=cause,
            talk_ms=milliseconds(attempt.answered_at, at),
            call_id=attempt.call_id,
        )
    )
