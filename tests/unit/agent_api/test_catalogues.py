"""Lists that other code relies on: error codes, contact reasons, texts for every state and act."""

import re
from pathlib import Path

import pytest

import agent_api
from agent_api.codes import MESSAGES, message_of
from agent_api.reasons.shipped import SHIPPED_TITLES, shipped_tree
from agent_api.reasons.tree import problems
from agent_api.tickets.titles import ACT_TITLES, STATE_TITLES
from agent_api.tickets.words import Act, State

pytestmark = pytest.mark.unit

ROOT = Path(agent_api.__file__).parent
RAISED = re.compile(r'(?:Refused|Denied|Invalid|NotSignedIn|Refusal)\(\s*"([a-z_.]+)"|return "(ticket\.[a-z_]+)"')


def codes_in_the_source() -> set[str]:
    sources = [path for path in ROOT.rglob("*.py") if "desk" not in path.relative_to(ROOT).parts[:1]]
    return {code for path in sources for pair in RAISED.findall(path.read_text()) for code in pair if code}


def test_every_code_has_words() -> None:
    missing = codes_in_the_source() - MESSAGES.keys() - {"command.refused"}
    assert not missing


def test_words_are_chinese() -> None:
    assert all(re.search(r"[\u4e00-\u9fff]", words) for words in MESSAGES.values())


def test_rules_of_the_gate_have_words_too() -> None:
    assert message_of("dunning.out_of_hours") == "不在允许呼叫的时间内"
    assert message_of("something.new") == "操作被拒绝"


def test_three_levels_of_contact_reasons() -> None:
    codes = [leaf.code for top in shipped_tree() for middle in top.children for leaf in middle.children]
    assert len(codes) == len(set(codes)) == len(SHIPPED_TITLES)
    assert all(code.count(".") == 2 for code in codes)
    assert problems(shipped_tree()) == []
    assert SHIPPED_TITLES["Q.BILL.1"] == "查询>话费查询>月账单"


def test_every_state_and_act_has_a_title() -> None:
    assert set(STATE_TITLES) == set(State)
    assert set(ACT_TITLES) == set(Act)
