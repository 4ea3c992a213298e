"""News of the published menus."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ivr.steps import LookUp


@dataclass(frozen=True, slots=True)
class MenuNews:
    changed: tuple[dict[str, Any], ...] = ()
    """PublishedTree each, read one by one: a bad one must not keep the others back."""
    gone: tuple[str, ...] = ()
    homes: dict[str, str] = field(default_factory=dict)
    """Centre to the centre whose menus it uses; "" for callers of no centre."""


@dataclass(frozen=True, slots=True)
class FetchMenus(LookUp[MenuNews]):
    path: ClassVar[str] = "menus"
    patient: ClassVar[bool] = False
    known: Mapping[str, int]
    """Centre to version."""
