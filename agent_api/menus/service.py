"""Menu trees of the centres as they are: who uses whose, versions, drafts. Changes nothing: that is publishing.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.menu.tree import Language, PublishedTree, Tree
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.errors import NotFound
from agent_api.menus import repository
from agent_api.menus.models import MenuDraft, MenuVersion

DEFAULT_LANGUAGE: Language = "zh"


@dataclass(frozen=True, slots=True)
class CenterMenus:
    """One centre as the editor lists it."""

    center_id: str
    name: str
    live: int | None
    inherited_from: str | None
    has_draft: bool


async def homes(session: AsyncSession, live: Mapping[str, int]) -> dict[str, str]:
    """Each centre to the centre whose tree it uses: its own, or the next one above that has one.

    "" is the centre of a caller nobody knows: the top one.
    """
    parents = await auth.parents(session)
    found = {}
    for center_id in parents:
        above: str | None = center_id
        while above is not None and above not in live:
            above = parents.get(above)
        if above is not None:
            found[center_id] = above
    top = [center_id for center_id, parent in parents.items() if parent is None and center_id in live]
    return {"": top[0], **found} if top else found


async def published(session: AsyncSession, known: Mapping[str, int]) -> tuple[list[PublishedTree], dict[str, int]]:
    """Live trees that differ from those known, and every live version."""
    live = await repository.live_versions(session)
    changed = [center_id for center_id, version in live.items() if known.get(center_id) != version]
    rows = await repository.live(session, changed) if changed else []
    return [
        PublishedTree(
            center=center.center_id,
            version=version.version,
            dids=tuple(center.dids),
            tree=Tree.model_validate(version.tree),
        )
        for center, version in rows
    ], live


async def centers(session: AsyncSession, who: Principal) -> list[CenterMenus]:
    live = await repository.live_versions(session)
    used = await homes(session, live)
    drafts = {draft.center_id for draft in await repository.drafts(session)}
    return [
        CenterMenus(
            center.center_id,
            center.name,
            live.get(center.center_id),
            _inherited(center.center_id, used),
            center.center_id in drafts,
        )
        for center in await auth.all_centers(session)
        if center.center_id in who.visible_centers
    ]


async def inherited_from(session: AsyncSession, center_id: str) -> str | None:
    """The centre whose tree it uses when it has none of its own."""
    return _inherited(center_id, await homes(session, await repository.live_versions(session)))


def _inherited(center_id: str, used: Mapping[str, str]) -> str | None:
    return used[center_id] if used.get(center_id, center_id) != center_id else None


async def titles(session: AsyncSession, center_id: str) -> dict[str, str]:
    """What the nodes are called that callers of this centre pass now."""
    tree = await _in_use(session, center_id)
    return {node_id: node.title for node_id, node in tree.nodes.items()} if tree is not None else {}


async def languages(session: AsyncSession, center_id: str) -> tuple[Language, ...]:
    """Which its callers may choose, the usual one first."""
    tree = await _in_use(session, center_id)
    return tree.languages if tree is not None else (DEFAULT_LANGUAGE,)


async def _in_use(session: AsyncSession, center_id: str) -> Tree | None:
    """Its own tree, or the one of a centre above."""
    live = await repository.live_versions(session)
    home = (await homes(session, live)).get(center_id)
    return None if home is None else Tree.model_validate((await version(session, home, live[home])).tree)


async def live_version(session: AsyncSession, center_id: str) -> int | None:
    center = await repository.center(session, center_id)
    return center.live if center else None


async def versions(session: AsyncSession, center_id: str) -> Sequence[MenuVersion]:
    return await repository.versions(session, center_id)


async def version(session: AsyncSession, center_id: str, number: int) -> MenuVersion:
    found = await repository.version(session, center_id, number)
    if found is None:
        raise NotFound("menu version", f"{center_id} {number}")
    return found


async def draft(session: AsyncSession, center_id: str) -> MenuDraft | None:
    return await repository.draft(session, center_id)


async def next_version(session: AsyncSession, center_id: str) -> int:
    return await repository.last_version(session, center_id) + 1


async def prompts_in_use(session: AsyncSession) -> frozenset[str]:
    """Every prompt that a live or scheduled tree, or a draft, names."""
    rows: list[MenuVersion | MenuDraft] = [*await repository.in_use(session), *await repository.drafts(session)]
    trees = [Tree.model_validate(row.tree) for row in rows]
    return frozenset(
        prompt for tree in trees for node in tree.nodes.values() for prompt in getattr(node, "prompts", ())
    )


async def queues_in_use(session: AsyncSession) -> frozenset[str]:
    """Every queue that a live or scheduled tree sends callers to."""
    trees = [Tree.model_validate(row.tree) for row in await repository.in_use(session)]
    return frozenset(
        queue for tree in trees for node in tree.nodes.values() if (queue := getattr(node, "queue", None)) is not None
    )


async def numbers(session: AsyncSession, center_id: str) -> list[str]:
    """Numbers whose callers hear this centre's tree, wherever they live."""
    center = await repository.center(session, center_id)
    return list(center.dids) if center else []


async def centers_of_numbers(session: AsyncSession) -> dict[str, str]:
    """Dialled number to the centre it belongs to."""
    return {did: center.center_id for center in await repository.all_centers(session) for did in center.dids}


async def inherited_if_gone(session: AsyncSession, center_id: str) -> str | None:
    """The centre above whose tree would serve if this one had none."""
    live = await repository.live_versions(session)
    live.pop(center_id, None)
    return (await homes(session, live)).get(center_id)
