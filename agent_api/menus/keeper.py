"""Puts trees live when their time has come, and the first tree into a new installation."""

import tomllib
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files

import structlog

from acd.contracts.menu.tree import Tree
from agent_api.auth import service as auth
from agent_api.db import Database
from agent_api.menus import publishing

log = structlog.get_logger(__name__)

DEFAULT_DIDS = ("10015",)
"""The national centre's own number (升级投诉). The common ones belong to none: callers hear the menus of home."""


def default_tree() -> Tree:
    return Tree.model_validate(tomllib.loads((files("acd.contracts.menu") / "default.toml").read_text("utf-8")))


class MenuKeeper:
    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._seeded = False

    async def look(self) -> None:
        """Comes round every second."""
        if not self._seeded:
            await self.seed()
        async with self._db.glance() as session:
            if not await publishing.is_due(session, self._clock()):
                return
        async with self._db.write() as session:
            for version in await publishing.go_live_due(session, self._clock()):
                log.info("a menu tree went live", center=version.center_id, version=version.version)

    async def seed(self) -> None:
        """The default tree for the top centre of an installation that has no tree; centres may come later."""
        async with self._db.read() as session:
            if not await auth.parents(session):
                return
        async with self._db.write() as session:
            if await publishing.ensure_default(session, default_tree(), DEFAULT_DIDS, self._clock()):
                log.info("the default menu tree was published")
        self._seeded = True
