"""Keeps the index up to the database, and answers with what is in force for a centre. One for the process."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.knowledge import repository
from agent_api.knowledge.lifecycle import Period, in_force
from agent_api.knowledge.models import Article, ArticleVersion
from agent_api.knowledge.search import words
from agent_api.knowledge.search.index import Index
from agent_api.knowledge.search.snippet import snippet

TITLE, KEYWORDS, BODY, SOUND = 4, 4, 1, 2
LOOKED_AT = 100
ENOUGH = 0.05
"""Share of the question an article must have to be offered at all."""
OVERLAP = timedelta(minutes=5)
"""Looked at again: clocks of replicas differ, and a transaction may commit late."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One released version as it is searched."""

    article_id: str
    family: str
    center_id: str
    language: str
    category: str
    title: str
    body: str
    public: bool
    period: Period


@dataclass(frozen=True, slots=True)
class Hit:
    entry: Entry
    score: float
    snippet: str


class ArticleSearch:
    def __init__(self) -> None:
        self._index = Index()
        self._entries: dict[int, Entry] = {}
        self._numbers: dict[tuple[str, int], int] = {}
        self._seen: dict[tuple[str, int], datetime] = {}
        self._periods: dict[str, list[Period]] = defaultdict(list)
        self._own_groups: tuple[tuple[str, ...], ...] = ()
        self._until: datetime | None = None
        self._refreshing = asyncio.Lock()

    async def refresh(self, session: AsyncSession) -> None:
        """Take in what was released or changed since the last look; costs one query when nothing was."""
        async with self._refreshing:
            self._own_groups = tuple(tuple(each.words) for each in await repository.synonym_groups(session))
            since = self._until - OVERLAP if self._until else None
            changed = [
                (article, version)
                for article, version in await repository.released_since(session, since)
                if self._seen.get((version.article_id, version.version)) != version.changed_at
            ]
            if changed:
                await asyncio.to_thread(self.take, changed)

    def find(
        self,
        text: str,
        above: Sequence[str],
        visible: Collection[str],
        now: datetime,
        *,
        language: str | None = None,
        public_only: bool = False,
        limit: int = 10,
    ) -> list[Hit]:
        """Best first. `above`: the centre asked for and those above it, nearest first: of articles that stand in for
        each other the nearest one's is given. `visible`: centres below whose own articles may be shown too."""
        groups = (*words.lexicon().groups, *self._own_groups)
        query = words.query(text, groups, self._index.__contains__)
        found = [
            (entry, score, self._index.covered(query, number))
            for number, score in self._index.find(query, LOOKED_AT)
            if self._fits(entry := self._entries[number], above, visible, now)
            and language in (None, entry.language)
            and (entry.public or not public_only)
        ]
        hits = [
            Hit(entry, round(covered, 3), snippet(entry.body, query.all_terms()))
            for entry, _, covered in _nearest(found, above)
            if covered >= ENOUGH
        ]
        return hits[:limit]

    def in_force(self, above: Sequence[str], visible: Collection[str], now: datetime) -> list[Entry]:
        """All that may be read there now, one of each family."""
        entries = [entry for entry in self._entries.values() if self._fits(entry, above, visible, now)]
        return [entry for entry, _, _ in _nearest([(entry, 0.0, 1.0) for entry in entries], above)]

    def _fits(self, entry: Entry, above: Sequence[str], visible: Collection[str], now: datetime) -> bool:
        if entry.center_id not in above and entry.center_id not in visible:
            return False
        return in_force(self._periods[entry.article_id], now) == entry.period

    def take(self, changed: Iterable[tuple[Article, ArticleVersion]]) -> None:
        """Released versions, new ones and ones whose period changed."""
        for article, version in changed:
            key = (version.article_id, version.version)
            if (before := self._numbers.get(key)) is not None:
                self._index.remove(before)
                self._periods[version.article_id].remove(self._entries.pop(before).period)
            entry = _entry(article, version)
            number = self._numbers[key] = self._index.add(_terms(version))
            self._entries[number] = entry
            self._periods[version.article_id].append(entry.period)
            self._seen[key] = version.changed_at
            self._until = max(self._until or version.changed_at, version.changed_at)


def _nearest(found: Iterable[tuple[Entry, float, float]], above: Sequence[str]) -> list[tuple[Entry, float, float]]:
    """One of each family, at the place of its best member."""

    def distance(entry: Entry) -> int:
        return above.index(entry.center_id) if entry.center_id in above else len(above)

    best: dict[str, tuple[Entry, float, float]] = {}
    for entry, score, covered in found:
        other = best.get(entry.family)
        if other is None or distance(entry) < distance(other[0]):
            shared = max(score, other[1]) if other else score
            best[entry.family] = (entry, shared, max(covered, other[2]) if other else covered)
    return sorted(best.values(), key=lambda each: -each[1])


def _entry(article: Article, version: ArticleVersion) -> Entry:
    assert version.valid_from is not None
    return Entry(
        article.article_id,
        article.family,
        article.center_id,
        article.language,
        article.category,
        version.title,
        version.body,
        version.public,
        Period(version.version, version.valid_from, version.valid_until),
    )


def _terms(version: ArticleVersion) -> Counter[str]:
    found: Counter[str] = Counter()
    keywords = " ".join(version.keywords)
    for text, weight in ((version.title, TITLE), (keywords, KEYWORDS), (version.body, BODY)):
        for term, count in words.body_terms(text).items():
            found[term] += weight * count
    for term, count in words.title_terms(f"{version.title} {keywords}").items():
        found[term] += SOUND * count
    return found
