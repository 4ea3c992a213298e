"""From a text to what the index holds: words, character pairs, pinyin. Knows nothing of articles or scores.

A term begins with what it is: `w:` a word, `b:` two neighbouring characters (finds what segmentation cut otherwise),
`c:` one character, `p:` two neighbouring syllables (finds homophones: 停机饱号), `l:` three letters (finds pinyin, also
mistyped), `i:` two initials (tjbh).
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

import rjieba
from pypinyin import lazy_pinyin

WORD, CHARACTER, SOUND, ALIKE = 0.5, 0.3, 0.8, 0.9
"""What counts less than a pair of characters: a longer word (its pairs count too), one character, a sound, a word of
like meaning."""
_RUNS = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+(?:[.+-][a-z0-9]+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Query:
    """Terms with what each counts; and groups of alternatives, of which the best counts."""

    terms: dict[str, float] = field(default_factory=dict)
    groups: list[list[dict[str, float]]] = field(default_factory=list)

    def all_terms(self) -> set[str]:
        return {*self.terms, *(term for group in self.groups for other in group for term in other)}


@dataclass(frozen=True, slots=True)
class Lexicon:
    words: tuple[str, ...]
    """Of the trade: kept whole."""
    empty: frozenset[str]
    """They say nothing in a question."""
    groups: tuple[tuple[str, ...], ...]
    """Words that mean the same."""


@cache
def lexicon() -> Lexicon:
    data = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))
    groups = tuple(tuple(_normal(word) for word in group) for group in data["synonyms"])
    return Lexicon(tuple(data["words"]), frozenset(data["empty"]), groups)


@cache
def _segmenter() -> rjieba.Jieba:
    segmenter = rjieba.Jieba()
    known = lexicon()
    for word in (*known.words, *(word for group in known.groups for word in group)):
        if _HAN.match(word) and len(word) > 1:
            segmenter.add_word(word, 100_000, "n")
    return segmenter


def plain(text: str) -> str:
    """Without what says nothing: politeness, question words, punctuation. Two askings of one thing come out alike."""
    empty = lexicon().empty
    return " ".join("".join(_kept(run, empty)) for run in _RUNS.findall(_normal(text)) if run not in empty).strip()


def body_terms(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for run in _RUNS.findall(_normal(text)):
        found.update(_of_run(run))
    return found


def title_terms(text: str) -> Counter[str]:
    """What only titles and keywords have: single characters, syllable pairs, letters, initials."""
    found: Counter[str] = Counter()
    for run in _RUNS.findall(_normal(text)):
        if not _HAN.match(run):
            found.update(_grams("l:", run, 3))
            continue
        syllables = lazy_pinyin(run)
        found.update(f"c:{char}" for char in run)
        found.update(f"p:{one}'{two}" for one, two in pairwise(syllables))
        found.update(_grams("l:", "".join(syllables), 3))
        found.update(_grams("i:", "".join(each[0] for each in syllables), 2))
    return found


def query(text: str, groups: Iterable[tuple[str, ...]], known: Callable[[str], bool] = lambda _term: False) -> Query:
    """Two characters that no article has (`known`) are taken for how they sound. A word of a group is looked for
    together with those that mean the same: the best of them counts, not their sum."""
    whole, asked = _normal(text), plain(text)
    found = Query()
    for run in asked.split():
        _add(found.terms, _of_run(run), 1.0)
        if _HAN.match(run):
            _add(found.terms, (f"c:{char}" for char in run), CHARACTER)
            syllables = list(pairwise(lazy_pinyin(run)))
            unknown = (at for at in range(len(run) - 1) if not known(f"b:{run[at : at + 2]}"))
            _add(found.terms, (f"p:{syllables[at][0]}'{syllables[at][1]}" for at in unknown), SOUND)
        elif run.isalpha() and len(run) > 1:
            _add(found.terms, (*_grams("l:", run, 3), *_grams("i:", run, 2)), SOUND)
    for group in groups:
        if any(word in whole for word in group):
            found.groups.append([_weighed(word, 1.0 if word in whole else ALIKE) for word in group])
    for word in (word for group in groups for word in group if word in whole):
        for term in _weighed(word, 1.0):
            found.terms.pop(term, None)
    return found


def _weighed(word: str, weight: float) -> dict[str, float]:
    found: dict[str, float] = {}
    _add(found, _of_run(word), weight)
    return found


def _of_run(run: str) -> Iterator[str]:
    if not _HAN.match(run):
        yield f"w:{run}"
        return
    if len(run) == 1:
        yield f"w:{run}"
    yield from (f"b:{run[at : at + 2]}" for at in range(len(run) - 1))
    yield from (f"w:{word}" for word in _segmenter().cut_for_search(run) if len(word) > 2)


def _kept(run: str, empty: frozenset[str]) -> Iterator[str]:
    if not _HAN.match(run):
        yield run
        return
    yield from (word for word in _segmenter().cut(run) if word not in empty)


def _add(found: dict[str, float], terms: Iterable[str], weight: float) -> None:
    for term in terms:
        own = weight * WORD if term[0] == "w" and _HAN.match(term[2:]) else weight
        found[term] = max(found.get(term, 0.0), own)


def _grams(kind: str, text: str, size: int) -> Iterator[str]:
    yield from (f"{kind}{text[at : at + size]}" for at in range(max(1, len(text) - size + 1)))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
