"""Whether the right article is offered: a set of real-style questions, and the speed with five thousand articles."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest

from agent_api.demo import knowledge
from agent_api.knowledge.models import Article, ArticleVersion
from agent_api.knowledge.search.engine import ArticleSearch

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 18, 6, tzinfo=UTC)
SHEET = Path(__file__).with_name("knowledge_questions.toml")
QUESTIONS: dict[str, str] = tomllib.loads(SHEET.read_text(encoding="utf-8"))["questions"]
HIT_RATE, UNSEEN_RATE = 0.95, 0.85


@pytest.fixture(scope="module")
def search() -> ArticleSearch:
    made = ArticleSearch()
    made.take(list(knowledge.articles(NOW)))
    return made


def titles(search: ArticleSearch, question: str, *above: str, limit: int = 3) -> list[str]:
    return [
        hit.entry.article_id for hit in search.find(question, above or ("cn",), (), NOW, language="zh", limit=limit)
    ]


def test_the_expected_article_is_among_the_first_three(search: ArticleSearch) -> None:
    missed = [
        question
        for question, wanted in QUESTIONS.items()
        if knowledge.article_id(wanted) not in titles(search, question)
    ]
    rate = 1 - len(missed) / len(QUESTIONS)
    print(f"{rate:.1%} of {len(QUESTIONS)}")
    assert len(QUESTIONS) >= 60
    assert rate >= HIT_RATE, missed


def test_questions_nobody_prepared_for(search: ArticleSearch) -> None:
    unseen = tomllib.loads(SHEET.read_text(encoding="utf-8"))["unseen"]
    found = sum(knowledge.article_id(wanted) in titles(search, question) for question, wanted in unseen.items())
    print(f"{found} of {len(unseen)}")
    assert found / len(unseen) >= UNSEEN_RATE


@pytest.mark.parametrize("question", ["", "？？", "今天天气怎么样", "zzzzqqq", "的"])
def test_nonsense_finds_nothing_or_little(search: ArticleSearch, question: str) -> None:
    assert all(hit.score < 0.3 for hit in search.find(question, ("cn",), (), NOW))


def test_the_nearest_centre_has_its_own(search: ArticleSearch) -> None:
    assert titles(search, "营业厅地址")[0] == knowledge.article_id("shops-find")
    assert titles(search, "营业厅地址", "js-nj", "js", "cn")[0] == knowledge.article_id("shops-nj")
    assert titles(search, "营业厅地址", "js-sz", "js", "cn")[0] == knowledge.article_id("shops-js")


def test_a_replaced_version_is_not_found(search: ArticleSearch) -> None:
    made = ArticleSearch()
    article, first = next(knowledge.articles(NOW))
    made.take([(article, first)])
    second = _again(first, version=2, title="卫星电话", body="海事卫星。", valid_from=NOW, keywords=[])
    made.take([(article, second)])
    earlier = [hit.entry.title for hit in made.find(first.title, ("cn",), (), NOW - timedelta(hours=1))]
    assert earlier == [first.title]
    assert made.find("海事卫星", ("cn",), (), NOW - timedelta(hours=1)) == []
    assert [hit.entry.title for hit in made.find("海事卫星", ("cn",), (), NOW)] == ["卫星电话"]
    second.valid_until = second.changed_at = NOW + timedelta(days=1)
    made.take([(article, second)])
    assert made.find("海事卫星", ("cn",), (), NOW + timedelta(days=1)) == []


def test_the_public_only_and_the_language(search: ArticleSearch) -> None:
    assert search.find("减免权限", ("cn",), (), NOW)[0].entry.public is False
    assert all(hit.entry.public for hit in search.find("减免权限", ("cn",), (), NOW, public_only=True))
    assert all(hit.entry.language == "en" for hit in search.find("roaming", ("cn",), (), NOW, language="en"))


def test_five_thousand_articles_are_searched_at_once() -> None:
    made = ArticleSearch()
    made.take(_many(5000))
    questions = list(QUESTIONS)[:40]
    made.find(questions[0], ("cn",), (), NOW)
    began = process_time()
    for question in questions:
        made.find(question, ("cn",), (), NOW)
    spent = (process_time() - began) / len(questions)
    print(f"{spent * 1000:.1f} ms a search")
    assert spent < 0.05


def _many(count: int) -> Iterator[tuple[Article, ArticleVersion]]:
    """The demo's articles over and over, each with words of its own."""
    rows = [row for row in knowledge.articles(NOW) if row[0].language == "zh"]
    for number in range(count):
        article, version = rows[number % len(rows)]
        own = f"{article.article_id[:20]}-{number}"
        copied = Article(**{name: value for name, value in vars(article).items() if not name.startswith("_")})
        copied.article_id = copied.family = own
        extra = "".join(chr(0x4E00 + (number * 31 + at * 97) % 3000) for at in range(12))
        yield copied, _again(version, article_id=own, title=f"{version.title}{extra[:4]}", body=version.body + extra)


def _again(former: ArticleVersion, **changes: object) -> ArticleVersion:
    kept = {name: value for name, value in vars(former).items() if not name.startswith("_")}
    return ArticleVersion(**kept | changes)
