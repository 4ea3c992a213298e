"""What was filled in on a form, checked against its fields. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from agent_api.reasons.tree import FormField

LONGEST = 500
_PHONE = re.compile(r"[0-9+-]{3,20}")


def checked(fields: Sequence[FormField], values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The values as they are kept, and what is wrong with which field: required, unknown, or its kind."""
    known = {field.name: field for field in fields}
    kept: dict[str, str] = {}
    wrong = {name: "unknown" for name, value in values.items() if name not in known and value.strip()}
    for field in fields:
        text = values.get(field.name, "").strip()
        if not text:
            if field.required:
                wrong[field.name] = "required"
            continue
        value = _normal(field, text)
        if value is None:
            wrong[field.name] = field.kind
        else:
            kept[field.name] = value
    return kept, wrong


def _normal(field: FormField, text: str) -> str | None:
    """None when it is not what the field is for."""
    match field.kind:
        case "number":
            return text if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", text) else None
        case "amount":
            return _amount(text)
        case "date":
            return _date(text)
        case "phone":
            return text if _PHONE.fullmatch(text) else None
        case "choice":
            return text if text in field.choices else None
        case _:
            return text if len(text) <= LONGEST else None


def _amount(text: str) -> str | None:
    """Yuan with two places: 12 -> 12.00."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or value < 0 or value >= 10**9 or value != value.quantize(Decimal("0.01")):
        return None
    return f"{value:.2f}"


def _date(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None
