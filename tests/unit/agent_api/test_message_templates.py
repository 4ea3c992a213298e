"""The wording: every message can be filled in, in both languages, and says who it is from."""

import pytest

from agent_api.messages.templates import Template, catalogue

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("template", catalogue().values(), ids=list(catalogue()))
def test_every_template_can_be_filled_in(template: Template) -> None:
    values = dict.fromkeys(template.names(), "甲") | {"brand": "畅联", "hotline": "10010"}
    for language in ("zh", "en"):
        text = template.text(language, values)
        assert text
        assert "{" not in text + template.subject(language, values)
        assert "畅联" in text or template.template_id == "fax.document"


def test_both_languages_need_the_same_values() -> None:
    for template in catalogue().values():
        short = {tongue: Template("", {}, {"zh": text}, (), False).names() for tongue, text in template.texts.items()}
        assert short["zh"] == short["en"], template.template_id


def test_an_unknown_language_reads_chinese() -> None:
    template = catalogue()["code.one_time"]
    values = {"code": "135246", "brand": "畅联"}
    assert template.text("fr", values) == template.text("zh", values)
    assert template.secret
