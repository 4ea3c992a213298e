"""Articles to be spoken and documents to be faxed."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from acd.contracts.menu.tree import PromptId
from ivr.lookups.words import complete
from ivr.steps import LookUp


@dataclass(frozen=True, slots=True)
class Article:
    result: Literal["ok", "none", "unknown", "down"]
    prompt: PromptId | Literal[""] = ""
    sent_by_sms: bool = True
    """A copy can be sent by text message."""

    def __post_init__(self) -> None:
        complete(self, "prompt")


@dataclass(frozen=True, slots=True)
class FetchArticle(LookUp[Article]):
    path: ClassVar[str] = "article"
    topic: str
    language: str
    center: str = ""
    """The caller's: it may have an article of its own."""


@dataclass(frozen=True, slots=True)
class FaxDocument:
    result: Literal["ok", "none", "unknown", "down"]
    file: str = ""

    def __post_init__(self) -> None:
        complete(self, "file")


@dataclass(frozen=True, slots=True)
class FetchFaxDocument(LookUp[FaxDocument]):
    path: ClassVar[str] = "fax-document"
    document: str


@dataclass(frozen=True, slots=True)
class FaxOrdered:
    result: Literal["ok", "none", "unknown", "down"]


@dataclass(frozen=True, slots=True)
class OrderFax(LookUp[FaxOrdered]):
    """A document for another machine than the caller's."""

    path: ClassVar[str] = "fax-order"
    document: str
    number: str = field(repr=False)
    call_id: str
