"""Every shipped text passes the checks a centre's own must pass, and has example values for its preview."""

import pytest

from agent_api.messages.templates import catalogue
from agent_api.messages.texts import rules

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("template_id", catalogue())
def test_a_shipped_text_is_good_and_can_be_shown(template_id: str) -> None:
    template = catalogue()[template_id]
    words = rules.shipped(template)
    assert rules.problems(template, words) == {}
    assert template.worded(words) == template
    assert "{" not in "".join(rules.filled(words, "畅联通信", "10010").values())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("【{brand}】" + "长" * 1000 + "{code}", "too_long"),
        ("【{brand}】{code", "unreadable"),
        ("【{brand}】{code:>9}", "unreadable"),
        ("【{brand}】{code.real}", "unknown_variable"),
        ("【{brand}】{number}{code}", "unknown_variable"),
        ("【{brand}】请注意查收", "missing_variable"),
        ("{code}", "missing_variable"),
    ],
)
def test_what_a_centre_may_not_write(text: str, problem: str) -> None:
    template = catalogue()["code.one_time"]
    words = rules.shipped(template) | {"zh": text}
    assert rules.problems(template, words)["zh"]["problem"] == problem


def test_the_hotline_may_be_left_out_or_added() -> None:
    template = catalogue()["ticket.accepted"]
    words = rules.shipped(template)
    assert rules.problems(template, words | {"zh": "【{brand}】编号{ticket_no}"}) == {}
    assert rules.problems(template, words | {"subject": "{ticket_no} {hotline}"}) == {}
