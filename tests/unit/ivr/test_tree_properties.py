"""What the engine promises for any tree that may be published, whatever is keyed."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acd.contracts.menu.tree import PublishedTree, Task, Tree
from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.hotline import hotline
from ivr.flows.session import MAX_VISITS
from ivr.lookups.callers import Caller
from ivr.phrases import Phrase, Template
from ivr.prompts import speaker
from ivr.rehearsal import SampleCompany
from ivr.sample_answers import OWN
from ivr.settings import IvrSettings
from ivr.speech.speaker import GRAMMARS
from ivr.steps import CallFacts, Collect, Leave, Play
from tests.unit.ivr.test_flow_properties import COMPANIES, ENTRIES
from tests.unit.ivr.transcript import Heard, call, silent, walk
from tests.unit.ivr.trees import trees

pytestmark = pytest.mark.unit

SECRETS = {
    Phrase.ASK_PASSWORD,
    Phrase.ASK_PASSWORD_SMS,
    Phrase.ASK_IP_PASSWORD,
    Phrase.PASSWORD_NEW,
    Phrase.PASSWORD_AGAIN,
    Phrase.CODE_SENT,
    Phrase.ASK_ID,
    Phrase.ASK_CARD,
    Phrase.DEALER_CODE,
    Phrase.DEALER_PASSWORD,
}
"""Here `0` is a digit."""
CALLERS = st.sampled_from(
    [
        Caller(),
        Caller(True, "C1", own_number=OWN, language="zh"),
        Caller(True, "C1", own_number=OWN, language="en", suspended=True, arrears=Decimal("5.00")),
    ]
)
quickly = settings(max_examples=120)
SPEAKERS = {language: speaker(IvrSettings().sounds, language) for language in GRAMMARS}


def walked(
    tree: Tree, company: SampleCompany, *keys: str, then: Callable[[Collect], str], facts: CallFacts | None = None
) -> Heard:
    company.menus = PublishedTree(center="js", version=1, tree=tree)
    return walk(hotline(facts or call()), *keys, company=company, then=then)


@quickly
@given(tree=trees(), company=COMPANIES, keys=ENTRIES, key=st.sampled_from([*"0123456789*#", ""]))
def test_every_call_ends_and_its_visits_are_counted(
    tree: Tree, company: SampleCompany, keys: list[str], key: str
) -> None:
    """Also when the same key is pressed for ever."""
    heard = walked(tree, company, *keys, then=lambda step: key)
    assert isinstance(heard.leave, Leave)
    assert bool(heard.leave.queue) == (heard.leave.outcome is IvrOutcome.AGENT)
    assert len([visit for visit in heard.visits if visit[0] in tree.nodes]) <= 2 * MAX_VISITS
    assert all(len(outcome) <= 40 for _, _, outcome in heard.visits)


@quickly
@given(tree=trees(), caller=CALLERS, keys=ENTRIES)
def test_what_is_said_can_be_spoken(tree: Tree, caller: Caller, keys: list[str]) -> None:
    heard = walked(tree, SampleCompany(caller=caller), *keys, then=silent)
    for saying in heard.sayings:
        for one in SPEAKERS.values():
            assert one.clips((saying,))
    assert {saying.template for saying in heard.sayings} <= {one.value for one in Template}


@quickly
@given(tree=trees(zero_unkeyed=True), caller=CALLERS, before=ENTRIES)
def test_zero_leads_to_people_from_everywhere_but_secrets(tree: Tree, caller: Caller, before: list[str]) -> None:
    pressed = []

    def zero(step: Collect) -> str:
        pressed.append("*" if SECRETS & {str(item) for item in step.prompts} else "0")
        return pressed[-1]

    walked(tree, SampleCompany(caller=caller), *before, then=zero)
    if "0" in pressed:
        assert pressed.index("0") == len(pressed) - 1 or _leads_elsewhere(tree)


def _leads_elsewhere(tree: Tree) -> bool:
    """A task whose `agent` is sent to a place of the tree's own choice."""
    return any(isinstance(node, Task) and "agent" in node.then for node in tree.nodes.values())


@quickly
@given(tree=trees(), caller=CALLERS, keys=ENTRIES, restarted=st.booleans())
def test_what_must_be_heard_in_full_is_heard_once_and_not_cut(
    tree: Tree, caller: Caller, keys: list[str], restarted: bool
) -> None:
    heard = walked(tree, SampleCompany(caller=caller), *keys, then=silent, facts=call(restarted=restarted))
    mandatory = [
        step.prompts
        for step in heard.steps
        if isinstance(step, Play)
        and not step.barge_in
        and any(step.prompts == node_prompts(tree, n) for n in tree.nodes)
    ]
    says = [prompts for prompts in mandatory if prompts != ("goodbye",)]
    assert len(says) == len(set(says))


def node_prompts(tree: Tree, name: str) -> object:
    return getattr(tree.nodes[name], "prompts", None)
