"""Articles of the demo, all released, from the sheets in articles/; those the menu speaks say what is recorded."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from agent_api.knowledge.models import Article, ArticleRequest, ArticleUse, ArticleVersion
from agent_api.knowledge.service import shipped_prompt
from agent_api.menus.manifest import committed
from agent_api.settings import PACKAGE

SHEETS = Path(__file__).with_name("articles")
EDITOR, APPROVER = "8703", "8704"
OFTEN_USED = ("tariff-plans", "arrears-stop", "value-added-cancel", "bb-no-net", "bill-dispute", "roaming-intl")


def article_id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"hotline demo article {name}"))


def articles(now: datetime) -> Iterator[tuple[Article, ArticleVersion]]:
    released = now - timedelta(days=30)
    for path in sorted(SHEETS.glob("*.toml")):
        for sheet in tomllib.loads(path.read_text(encoding="utf-8"))["article"]:
            if "topic" not in sheet:
                yield _article(sheet, "zh", sheet["text"], released)
                continue
            prompt = committed(PACKAGE.parent / "sounds")[shipped_prompt(sheet["topic"])]
            for language, text in prompt.texts.items():
                yield _article(sheet, language, text, released)


def requests(now: datetime) -> list[ArticleRequest]:
    """What customers asked and no article answers yet."""
    asked = (("卫星电话业务怎么开通", 7), ("车载流量套餐资费", 4), ("云手机怎么退订", 2))
    return [
        ArticleRequest(
            request_id=str(uuid5(NAMESPACE_URL, f"hotline demo request {question}")),
            center_id="js",
            gist=question,
            question=question,
            reason_code="C.SERVICE.1",
            asked=count,
            state="open",
            article_id="",
            ticket_nos=[],
            first_asked_at=now - timedelta(days=5),
            last_asked_at=now - timedelta(hours=count),
            closed_by="",
        )
        for question, count in asked
    ]


def uses(now: datetime) -> Iterator[ArticleUse]:
    """What agents found of use lately, most of it first."""
    for place, name in enumerate(OFTEN_USED):
        for count in range(2 * (len(OFTEN_USED) - place)):
            at, kind = now - timedelta(hours=7 * count + place), ("helpful", "copied", "sent")[count % 3]
            yield ArticleUse(
                article_id=article_id(name),
                version=1,
                kind=kind,
                agent_no="8001",
                call_id="",
                ticket_no="",
                comment="",
                at=at,
            )


def _article(sheet: dict[str, Any], language: str, text: str, at: datetime) -> tuple[Article, ArticleVersion]:
    own = article_id(sheet["id"] + ("" if language == "zh" else f".{language}"))
    topic = sheet.get("topic", "")
    article = Article(
        article_id=own,
        center_id=sheet.get("center", "cn"),
        family=article_id(sheet["family"]) if "family" in sheet else own,
        topic=topic,
        language=language,
        category=sheet["category"],
        created_by=EDITOR,
        created_at=at,
    )
    version = ArticleVersion(
        article_id=own,
        version=1,
        title=sheet["title"] if language == "zh" else f"{topic.capitalize()} (spoken)",
        body=text,
        spoken="",
        keywords=sheet["keywords"] if language == "zh" else [topic],
        public=sheet.get("public", True),
        state="released",
        valid_from=at,
        valid_until=None,
        prompt=shipped_prompt(topic) if topic else "",
        author=EDITOR,
        reviewer=APPROVER,
        remark="",
        created_at=at,
        changed_at=at,
    )
    return article, version
