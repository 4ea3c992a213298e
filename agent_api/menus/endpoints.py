"""The editor's side of the menus: catalogue, versions, drafts, publishing."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends

from acd.contracts.menu.checks import has_errors
from acd.contracts.menu.problems import Problem
from acd.contracts.menu.tasks import TASKS
from acd.contracts.menu.tree import Tree
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.context import Context
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.menus import catalogue, publishing, service
from agent_api.menus.catalogue import CONDITION_TITLES, PromptBook
from agent_api.menus.models import MenuDraft, MenuVersion
from agent_api.menus.schemas import (
    CatalogueOut,
    CenterVersions,
    DraftIn,
    MenuCenterOut,
    Named,
    NumbersIn,
    ProblemList,
    ProblemOut,
    PromptOut,
    PublishIn,
    RolledBack,
    TaskOut,
    TreeIn,
    VersionOut,
    VersionRow,
)
from agent_api.routing import service as routing
from agent_api.web import ContextDep, CurrentStaff, Reading, Writing, allowed, allowed_one_of

router = APIRouter(prefix="/api/v1/menus", tags=["menus"], responses=responses(NotSignedIn, Denied, Invalid))

MayRead = Annotated[Principal, Depends(allowed(Permission.IVR_READ))]
MayNumber = Annotated[Principal, Depends(allowed_one_of(Permission.IVR_EDIT, Permission.USER_MANAGE))]
MayEdit = Annotated[Principal, Depends(allowed(Permission.IVR_EDIT))]


def prompt_book(context: Context) -> PromptBook:
    return PromptBook(context.settings.sounds_folder, context.speech)


@router.get("/catalogue")
async def read_catalogue(_who: MayRead, context: ContextDep) -> CatalogueOut:
    """Everything a tree can be made of."""
    prompts = await asyncio.to_thread(prompt_book(context).prompts)
    return CatalogueOut(
        tasks=[
            TaskOut(
                name=name,
                title=spec.title,
                title_en=spec.title_en,
                level=spec.level,
                settings={setting: list(values) for setting, values in spec.settings.items()},
                outcomes=list(spec.outcomes),
            )
            for name, spec in TASKS.items()
        ],
        conditions=[Named(name=each.value, title=title) for each, title in CONDITION_TITLES.items()],
        queues=[Named(name=name, title=title) for name, title in (await _queues(context)).items()],
        prompts=[prompt_out(each) for each in prompts],
    )


@router.get("/centers")
async def list_centers(who: MayRead, session: Reading) -> list[MenuCenterOut]:
    """Own centre and all below: whose tree each uses."""
    return [
        MenuCenterOut(
            center=each.center_id,
            name=each.name,
            live=each.live,
            inherited_from=each.inherited_from,
            has_draft=each.has_draft,
        )
        for each in await service.centers(session, who)
    ]


@router.get("/titles")
async def read_titles(who: CurrentStaff, session: Reading) -> dict[str, str]:
    """Node to its name, as the own centre's callers pass them now: for reading a caller's way through the menu."""
    return await service.titles(session, who.center.center_id)


@router.get("/centers/{center_id}", responses=responses(NotFound))
async def list_versions(center_id: str, _who: MayRead, session: Reading) -> CenterVersions:
    """The draft first, then every version that was published, latest first."""
    rows = [_row(each) for each in await service.versions(session, center_id)]
    draft = await service.draft(session, center_id)
    if draft is not None:
        rows.insert(0, _draft_row(draft, await service.next_version(session, center_id)))
    return CenterVersions(
        center=center_id,
        live=await service.live_version(session, center_id),
        inherited_from=await service.inherited_from(session, center_id),
        numbers=await service.numbers(session, center_id),
        versions=rows,
    )


@router.get("/centers/{center_id}/versions/{version}", responses=responses(NotFound))
async def read_version(center_id: str, version: int, who: MayRead, session: Reading, context: ContextDep) -> VersionOut:
    """One version with its tree; the draft has the number it would get."""
    draft = await service.draft(session, center_id)
    if draft is not None and version == await service.next_version(session, center_id):
        return await _draft_out(context, who, draft, version)
    row = await service.version(session, center_id, version)
    return await _out(context, who, _row(row), Tree.model_validate(row.tree), "")


@router.delete("/centers/{center_id}/versions/{version}", status_code=204, responses=responses(NotFound, Refused))
async def withdraw(center_id: str, version: int, who: MayEdit, session: Writing, context: ContextDep) -> None:
    """A version that was to go live later does not."""
    await publishing.withdraw(session, who, center_id, version, context.clock())


@router.put("/centers/{center_id}/numbers", status_code=204, responses=responses(NotFound, Refused))
async def set_numbers(center_id: str, body: NumbersIn, who: MayNumber, session: Writing, context: ContextDep) -> None:
    """Dialled numbers that belong to this centre, from the next call on."""
    await publishing.set_numbers(session, who, center_id, body.numbers, context.clock())


@router.put("/centers/{center_id}/draft", responses=responses(NotFound, Refused))
async def save_draft(center_id: str, body: DraftIn, who: MayEdit, session: Writing, context: ContextDep) -> VersionOut:
    """Keep a draft, with whatever problems it has. Nothing a caller hears changes."""
    draft = await publishing.save_draft(session, who, center_id, body.tree, body.note, body.based_on, context.clock())
    return await _draft_out(context, who, draft, await service.next_version(session, center_id))


@router.post("/check")
async def check(body: TreeIn, who: MayRead, context: ContextDep) -> ProblemList:
    """What would keep this tree from being published, and what one should know about it."""
    return ProblemList(problems=_problems_out(await _problems(context, body.tree), who))


@router.post("/centers/{center_id}/publish", responses=responses(NotFound, Refused))
async def publish(center_id: str, body: PublishIn, who: MayEdit, session: Writing, context: ContextDep) -> VersionOut:
    """The draft goes live, now or at a time. 409 menu.has_problems when it has errors."""
    draft = await service.draft(session, center_id)
    if draft is None:
        raise Refused("menu.no_draft")
    tree = Tree.model_validate(draft.tree)
    problems = await _problems(context, tree)
    if has_errors(problems):
        raise Refused("menu.has_problems", {"problems": [each.model_dump() for each in _problems_out(problems, who)]})
    new = await publishing.publish_draft(session, who, center_id, body.note, body.at, context.clock())
    return await _out(context, who, _row(new), tree, "")


@router.post("/centers/{center_id}/rollback", responses=responses(NotFound, Refused))
async def roll_back(center_id: str, who: MayEdit, session: Writing, context: ContextDep) -> RolledBack:
    """What was live before is live again."""
    now_live = await publishing.roll_back(session, who, center_id, context.clock())
    return RolledBack(version=now_live.version if now_live else None)


def prompt_out(prompt: catalogue.CataloguePrompt) -> PromptOut:
    return PromptOut(
        id=prompt.prompt_id,
        zh=prompt.texts.get("zh", ""),
        en=prompt.texts.get("en", ""),
        seconds=dict(prompt.seconds),
        own=prompt.own,
        state=prompt.state.value,
    )


async def _queues(context: Context) -> dict[str, str]:
    """Name to title, of the table that is live."""
    async with context.db.read() as session:
        table = await routing.live_table(session, context.settings.queues_file)
    return {str(rule.name): rule.title for rule in table.queues}


async def _problems(context: Context, tree: Tree) -> list[Problem]:
    queues = await _queues(context)
    return await asyncio.to_thread(prompt_book(context).problems, tree, queues)


def _problems_out(problems: list[Problem], who: Principal) -> list[ProblemOut]:
    english = who.language == "en"
    return [
        ProblemOut(
            node=each.node,
            field=each.field,
            code=each.code,
            message=each.message_en if english else each.message_zh,
            severity=each.severity,
        )
        for each in problems
    ]


def _row(version: MenuVersion) -> VersionRow:
    return VersionRow.model_validate(version, from_attributes=True)


def _draft_row(draft: MenuDraft, version: int) -> VersionRow:
    return VersionRow(
        version=version,
        state="draft",
        note=draft.note,
        author=draft.author,
        created_at=draft.updated_at,
        published_at=None,
        publish_at=None,
    )


async def _draft_out(context: Context, who: Principal, draft: MenuDraft, version: int) -> VersionOut:
    return await _out(context, who, _draft_row(draft, version), Tree.model_validate(draft.tree), draft.etag)


async def _out(context: Context, who: Principal, row: VersionRow, tree: Tree, etag: str) -> VersionOut:
    problems = _problems_out(await _problems(context, tree), who)
    return VersionOut(**row.model_dump(), tree=tree, problems=problems, etag=etag)
