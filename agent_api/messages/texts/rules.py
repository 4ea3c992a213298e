"""What a centre may make of a message's words: the same values as the shipped text, in both languages. Pure."""

from collections.abc import Mapping
from string import Formatter
from typing import TypeAlias

from agent_api.messages.gateways.sms_text import parts
from agent_api.messages.templates import Template

Words: TypeAlias = Mapping[str, str]
FIELDS = ("subject", "subject_en", "zh", "en")
LONGEST = {"subject": 200, "subject_en": 200, "zh": 1000, "en": 1500}
ALWAYS = frozenset({"brand", "hotline"})
"""Every text may use them; only the brand of a text that has it must stay (the signature of an SMS)."""
EXAMPLE = {
    "code": "482916", "number": "138****0001", "service": "国际漫游", "order_no": "OR202611183200000001",
    "reason": "证件照片不清晰", "ticket_no": "TS202611183200000001", "hours": "24", "other": "TS202611183200000002",
    "day": "2026-11-20", "progress": "工程师已上门检修", "time": "14:05", "amount": "50.00", "balance": "86.20",
    "notices": "本月起佣金按新标准结算", "text": "您咨询的业务可在营业厅办理。", "product": "手机", "arrears": "0.00",
    "month": "2026年10月", "total": "128.50", "parts": "月租58.00元,流量70.50元", "plan": "畅享59", "minutes": "120",
    "data": "2048", "messages": "30", "payments": "11月02日100.00元", "title": "服务满意度回访",
    "subject": "关于话费的疑问", "pages": "3", "contact_no": "I20261118000001",
}  # fmt: skip
"""Values nobody has, for the preview."""


class BadText(ValueError):
    """Its braces do not fit, or it wants a value formatted."""


def shipped(template: Template) -> dict[str, str]:
    subjects, texts = template.subjects, template.texts
    return {"subject": subjects["zh"], "subject_en": subjects["en"], "zh": texts["zh"], "en": texts["en"]}


def names(text: str) -> frozenset[str]:
    try:
        parsed = list(Formatter().parse(text))
    except ValueError as error:
        raise BadText(str(error)) from None
    if any(spec or conversion for _, _, spec, conversion in parsed):
        raise BadText("format")
    return frozenset(name for _, name, _, _ in parsed if name is not None)


def problems(template: Template, words: Words) -> dict[str, dict[str, object]]:
    """Field to what is wrong with it: no customer is told less than the shipped text tells."""
    found = {field: _problem(template, field, words.get(field, "")) for field in FIELDS}
    return {field: problem for field, problem in found.items() if problem}


def _problem(template: Template, field: str, text: str) -> dict[str, object]:
    if not text.strip():
        return {"problem": "empty"}
    if len(text) > LONGEST[field]:
        return {"problem": "too_long", "most": LONGEST[field]}
    try:
        used = names(text)
    except BadText:
        return {"problem": "unreadable"}
    if unknown := used - template.names() - ALWAYS:
        return {"problem": "unknown_variable", "names": sorted(unknown)}
    if missing := names(shipped(template)[field]) - {"hotline"} - used:
        return {"problem": "missing_variable", "names": sorted(missing)}
    return {}


def filled(words: Words, brand: str, hotline: str) -> dict[str, str]:
    """As a customer would read it."""
    values = EXAMPLE | {"brand": brand, "hotline": hotline}
    return {field: words[field].format_map(values) for field in FIELDS}


def sms_count(text: str) -> int:
    """As how many short messages it is paid for."""
    return len(parts(text, 0))
