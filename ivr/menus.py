"""The menus in force: asked for in the background, kept on disk, there before the first call. No call waits for it."""

import asyncio
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import structlog
from pydantic import BaseModel, ValidationError

from acd.contracts.menu.checks import problems
from acd.contracts.menu.tree import Language, PublishedTree, Tree
from ivr.lookups.menus import FetchMenus, MenuNews
from ivr.ports import CustomerDirectory, Unavailable

SHIPPED = "shipped"
POLL_SECONDS = 2.0
UNWALKABLE = frozenset(
    {
        "target.unknown",
        "role.wrong",
        "task.unknown",
        "setting.missing",
        "setting.value",
        "hours.unknown",
        "zone.unknown",
    }
)
"""Faults a caller would fall over. Agent_api publishes no such tree; whoever wrote into its tables might."""

log = structlog.get_logger(__name__)


class _Stored(BaseModel):
    trees: tuple[dict[str, Any], ...]
    homes: dict[str, str]


class MenuLibrary:
    """A call keeps the tree it started with; news counts for the next call."""

    def __init__(self, file: Path | None, languages: Sequence[Language]) -> None:
        self._file = file
        self._languages = tuple(languages)
        self._trees: dict[str, PublishedTree] = {}
        self._published: dict[str, PublishedTree] = {}
        """As they came, with the languages that cannot be spoken yet."""
        self._homes: dict[str, str] = {}
        self._shipped = self._speakable(shipped())
        self._refused: dict[str, int] = {}
        """Centre to the version that was not taken, so that it is not asked for again."""
        self.refresh_state = "not refreshed yet; in force: the shipped menus"

    @property
    def state(self) -> str:
        """For /health."""
        if self._refused:
            return f"refused: {_versions(self._refused)}; in force: {_versions(self.versions)}"
        return self.refresh_state

    @property
    def versions(self) -> Mapping[str, int]:
        return {center: tree.version for center, tree in self._trees.items()}

    def pick(self, did: str, center: str) -> PublishedTree:
        """By the number dialled, else by the caller's centre or the one above it, else the national one."""
        for published in self._trees.values():
            if did in published.dids:
                return published
        for home in (self._homes.get(center, center), self._homes.get("", "")):
            if home in self._trees:
                return self._trees[home]
        return next(iter(self._trees.values()), self._shipped)

    def load(self) -> None:
        """What was last published, as far as it is there and good."""
        if self._file is None or not self._file.exists():
            return
        try:
            stored = _Stored.model_validate_json(self._file.read_bytes())
        except (OSError, ValidationError) as error:
            log.warning("stored menus not usable", kind=type(error).__name__)
            return
        self._homes = stored.homes
        self._take(stored.trees)

    async def follow(self, directory: CustomerDirectory) -> None:
        """Ask for news again and again; an answer that does not come leaves all as it is."""
        while True:
            await self.refresh(directory)
            await asyncio.sleep(POLL_SECONDS)

    async def refresh(self, directory: CustomerDirectory) -> None:
        try:
            news: MenuNews = await directory.answer(FetchMenus({**self.versions, **self._refused}))
        except Unavailable as error:
            self.refresh_state = f"not refreshed ({error}); in force: {_versions(self.versions)}"
            return
        self.refresh_state = "ok"
        changed = self._take(news.changed) or news.homes != self._homes
        self._homes = dict(news.homes)
        for center in news.gone:
            self._refused.pop(center, None)
            changed = self._trees.pop(center, None) is not None or changed
            self._published.pop(center, None)
        if changed:
            self._keep()

    def _take(self, found: Iterable[Mapping[str, Any]]) -> bool:
        changed = False
        for raw in found:
            center, version = str(raw.get("center", "")), raw.get("version")
            try:
                published = PublishedTree.model_validate(raw)
                faults = [each.code for each in problems(published.tree, {}, {}, ()) if each.code in UNWALKABLE]
            except ValidationError as error:
                faults = [f"{'.'.join(map(str, one['loc']))}: {one['type']}" for one in error.errors()]
            if faults:
                self._refuse(center, version, faults)
                continue
            self._refused.pop(center, None)
            self._published[center], self._trees[center] = published, self._speakable(published)
            log.info("menu in force", center=center, version=version)
            changed = True
        return changed

    def _refuse(self, center: str, version: object, faults: Sequence[str]) -> None:
        if isinstance(version, int):
            self._refused[center] = version
        log.error("menu refused", center=center, version=version, faults=faults[:5])

    def _keep(self) -> None:
        if self._file is None:
            return
        trees = tuple(tree.model_dump(mode="json") for tree in self._published.values())
        partial = self._file.with_name(self._file.name + ".partial")
        try:
            partial.write_text(_Stored(trees=trees, homes=self._homes).model_dump_json(), encoding="utf-8")
            partial.replace(self._file)
        except OSError as error:
            log.warning("menus not stored", kind=type(error).__name__)

    def _speakable(self, published: PublishedTree) -> PublishedTree:
        """Without the languages there are no sounds for."""
        spoken = tuple(one for one in published.tree.languages if one in self._languages)
        tree = published.tree.model_copy(update={"languages": spoken or self._languages[:1]})
        return published.model_copy(update={"tree": tree})


def shipped() -> PublishedTree:
    """The tree of a new installation, for as long as none has been published."""
    text = (files("acd.contracts.menu") / "default.toml").read_text(encoding="utf-8")
    return PublishedTree(center=SHIPPED, version=1, tree=Tree.model_validate(tomllib.loads(text)))


def _versions(versions: Mapping[str, int]) -> str:
    return ", ".join(f"{center} {version}" for center, version in versions.items()) or "the shipped menus"
