"""A walk to every leaf of the published tree on the real line; what was heard is recognised in the recordings."""

import asyncio
import itertools
import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from acd.contracts.menu.tree import PublishedTree, Tree
from hotline import listening
from hotline.ami import AmiError
from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from tests.support.facts import ask_directory, ordinary_numbers, rows
from tests.support.hearing import is_readable, sound
from tests.support.leaves import SPEAKS, Cue, Leaf, Supplies, leaves
from tests.support.stack import Line

pytestmark = [pytest.mark.telephony, pytest.mark.timeout(1500)]

AT_ONCE = 8
PATIENCE_SECONDS = 60.0
LOOKS_EVERY_SECONDS = 0.7
OPENING_SECONDS = 2.0
SPOKEN_WORDS = "article/coverage"
"""A long enough sentence for a voice message."""
REPORT = Path(os.environ.get("HOTLINE_WALK_REPORT", "var/walk.json"))


class Ears:
    """Listens to one call from where it listened last; a prompt said before does not count again.

    `known` are prompts that some caller of this walk has heard whole: of these the opening is enough.
    """

    def __init__(self, call: OutsideCall, known: set[str]) -> None:
        self.call, self.known, self.position = call, known, 0.0

    async def first_of(self, prompts: Iterable[str]) -> str:
        """The first of these prompts to be heard whole; AssertionError after a minute without any."""
        wanted = list(prompts)
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while asyncio.get_running_loop().time() < deadline:
            found = await asyncio.to_thread(self._find, wanted)
            if found is not None:
                return found
            assert not self.call.is_over, f"the call ended before any of {wanted}"
            await asyncio.sleep(LOOKS_EVERY_SECONDS)
        raise AssertionError(f"none of {wanted} was heard after second {self.position:.1f} of {self.call.heard.name}")

    def _find(self, wanted: list[str]) -> str | None:
        if not is_readable(self.call.heard):
            return None
        places = []
        for prompt in wanted:
            opening = OPENING_SECONDS if prompt in self.known else None
            heard = listening.heard(self.call.heard, sound(prompt), self.position, opening)
            if heard.is_heard:
                places.append((heard.offset_seconds, prompt))
        if not places:
            return None
        self.position, found = min(places)
        self.known.add(found)
        return found


def supplies(line: Line) -> Supplies:
    found = rows(
        line,
        """SELECT type, number FROM product JOIN customer USING (customer_id)
           WHERE product.status = 'active' AND customer_id NOT IN
             (SELECT customer_id FROM bill WHERE CAST(paid AS REAL) < CAST(total AS REAL))
             AND number IN (SELECT number FROM service_password WHERE NOT initial)
             AND customer_id NOT LIKE '%0'  -- their identity numbers end in a letter
           ORDER BY number""",
    )
    lines = {row["type"].lower(): row["number"] for row in reversed(found)}
    lines_to_change = {row["type"].lower(): row["number"] for row in found}
    months = rows(line, "SELECT max(month) AS month FROM bill")
    return Supplies(
        lines=lines,
        lines_to_change=lines_to_change,
        lost=ordinary_numbers(line)[-1],
        top_up_cards=(f"6600{index:04d}12345678" for index in range(1, 12)),
        last_month=months[0]["month"].replace("-", ""),
    )


async def published(line: Line) -> Tree:
    answer = await ask_directory(line, "menus", {"known": {}})
    trees = [PublishedTree.model_validate(one) for one in answer["changed"]]
    return next(one.tree for one in trees if one.center == "cn")


def write(report: dict[str, object]) -> None:
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, ensure_ascii=False, indent=1))


async def walk(outside: OutsideWorld, caller: str, leaf: Leaf, told: list[str], known: set[str]) -> None:
    call = await outside.dial(caller)
    try:
        await call.answered(within=20)
        ears = Ears(call, known)
        for cue in leaf.way:
            await follow(ears, cue, told)
        heard = ""
        for cue in leaf.cues:
            if (heard := await ears.first_of([cue.prompt, *leaf.told])) != cue.prompt:
                break  # the leaf ended earlier, in a way that is allowed
            told.append(heard)
            await press(ears, cue)
        if leaf.told:
            told.append(heard if heard in leaf.told else await ears.first_of(leaf.told))
    finally:
        await call.hang_up()


async def follow(ears: Ears, cue: Cue, told: list[str]) -> None:
    told.append(await ears.first_of([cue.prompt]))
    await press(ears, cue)


async def press(ears: Ears, cue: Cue) -> None:
    if cue.keys != SPEAKS:
        await ears.call.press(cue.keys)
        return
    words = sound(SPOKEN_WORDS)
    await ears.call.speak(words)
    await asyncio.sleep(len(listening.read(words)) / listening.RATE)
    await ears.call.press("#")


def callers_for(wanted: list[Leaf], numbers: list[str]) -> dict[str, str]:
    """Whose line is changed, or who gets an open ticket, calls once; everybody else shares a few numbers."""
    changing = [leaf.node for leaf in wanted if leaf.changes]
    own = dict(zip(changing, reversed(numbers[:-1]), strict=False))
    shared = itertools.cycle(numbers[:12])
    return {leaf.node: own.get(leaf.node) or next(shared) for leaf in wanted}


async def test_every_leaf_of_the_published_tree(line: Line, outside: OutsideWorld) -> None:
    tree = await published(line)
    wanted = list(leaves(tree, supplies(line)))
    by_keys = {leaf.node for leaf in wanted}
    told: dict[str, list[str]] = {leaf.node: [] for leaf in wanted}
    failures: dict[str, str] = {}
    known: set[str] = set()
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(leaf: Leaf, caller: str) -> None:
        async with turn:
            try:
                await walk(outside, caller, leaf, told[leaf.node], known)
            except (AssertionError, TimeoutError, AmiError) as error:
                failures[leaf.node] = str(error)

    callers = callers_for(wanted, ordinary_numbers(line))
    await asyncio.gather(*(one(leaf, callers[leaf.node]) for leaf in wanted))
    others = {node for node in tree.nodes if tree.nodes[node].kind in ("task", "agent", "end")} - by_keys
    report = {"leaves": told, "failed": failures, "reached_before_the_menu_only": sorted(others)}
    await asyncio.to_thread(write, report)
    print(f"{len(wanted) - len(failures)} of {len(wanted)} leaves heard; not by keys: {', '.join(sorted(others))}")
    assert not failures
