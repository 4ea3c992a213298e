"""An inverted index in memory, ranked by BM25. Documents are added and taken out one at a time; no input or output."""

from array import array
from collections import Counter
from math import log

import numpy as np
import numpy.typing as npt

from agent_api.knowledge.search.words import Query

Scores = npt.NDArray[np.float32]

SATURATION, BY_LENGTH, USUAL_LENGTH = 1.2, 0.4, 300.0
"""BM25's k1 and b; with a fixed usual length, so that adding a document changes no other."""


class Index:
    def __init__(self) -> None:
        self._postings: dict[str, tuple[array[int], array[float]]] = {}
        self._alive = bytearray()

    def __len__(self) -> int:
        return sum(self._alive)

    def __contains__(self, term: str) -> bool:
        return term in self._postings

    def add(self, terms: Counter[str] | dict[str, float]) -> int:
        """The document's number."""
        number = len(self._alive)
        self._alive.append(1)
        damping = SATURATION * (1 - BY_LENGTH + BY_LENGTH * sum(terms.values()) / USUAL_LENGTH)
        for term, count in terms.items():
            if (posting := self._postings.get(term)) is None:
                posting = self._postings[term] = (array("I"), array("f"))
            posting[0].append(number)
            posting[1].append(count * (SATURATION + 1) / (count + damping))
        return number

    def remove(self, number: int) -> None:
        """It is found no more; its postings stay until the index is built anew."""
        self._alive[number] = 0

    def find(self, query: Query, limit: int) -> list[tuple[int, float]]:
        """Documents by how well they fit, best first."""
        if not self._alive:
            return []
        scores = self._sum(query.terms)
        for group in query.groups:
            scores += np.max([self._sum(alternative) for alternative in group], axis=0)
        scores *= np.frombuffer(bytes(self._alive), np.uint8)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(int(number), float(scores[number])) for number in best if scores[number] > 0]

    def covered(self, query: Query, number: int) -> float:
        """Share of what was asked, by rarity, that the document has: 1 for all of it."""
        asked, there = self._share(query.terms, number)
        for group in query.groups:
            # The alternative that is there with most; else what the asked word itself would have been worth.
            shares = [self._share(alternative, number) for alternative in group]
            best = max(shares, key=lambda share: share[1])
            asked, there = asked + max(best[0], best[1]), there + best[1]
        return there / asked if asked else 0.0

    def _sum(self, terms: dict[str, float]) -> Scores:
        scores: Scores = np.zeros(len(self._alive), np.float32)
        for term, weight in terms.items():
            posting = self._postings.get(term)
            if posting is not None:
                numbers, counts = np.frombuffer(posting[0], np.uint32), np.frombuffer(posting[1], np.float32)
                scores[numbers] += np.float32(weight * self._rarity(len(numbers))) * counts
        return scores

    def _share(self, terms: dict[str, float], number: int) -> tuple[float, float]:
        asked = there = 0.0
        for term, weight in terms.items():
            posting = self._postings.get(term)
            value = weight * self._rarity(len(posting[0]) if posting else 0)
            asked += value
            there += value if posting is not None and _holds(posting[0], number) else 0.0
        return asked, there

    def _rarity(self, frequency: int) -> float:
        return log(1 + (len(self._alive) - frequency + 0.5) / (frequency + 0.5))


def _holds(numbers: "array[int]", wanted: int) -> bool:
    """They are in order."""
    found = np.frombuffer(numbers, np.uint32)
    at = int(np.searchsorted(found, wanted))
    return at < len(found) and int(found[at]) == wanted
