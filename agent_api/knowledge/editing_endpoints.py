"""Articles for editors and approvers: the list, drafts, review, release; words that mean the same."""

import asyncio
from collections import defaultdict
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends

from agent_api.agents.schemas import Done
from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal, centers_above
from agent_api.auth.roles import Permission
from agent_api.context import Context
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.knowledge import editing, repository, requests, view
from agent_api.knowledge.lifecycle import Act
from agent_api.knowledge.models import Article, ArticleVersion, SynonymGroup
from agent_api.knowledge.schemas import (
    ArticleAct,
    ArticleIn,
    ArticleOut,
    ArticleRowOut,
    SynonymsIn,
    SynonymsOut,
    WordingIn,
)
from agent_api.knowledge.search.words import lexicon
from agent_api.knowledge.service import shipped_prompt
from agent_api.menus.manifest import committed
from agent_api.web import ContextDep, CurrentStaff, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/articles", tags=["knowledge"], responses=responses(NotSignedIn, Denied, Invalid))

MayRead = Annotated[Principal, Depends(allowed(Permission.ARTICLE_USE))]
MayWrite = Annotated[Principal, Depends(allowed(Permission.ARTICLE_WRITE))]


@router.get("")
async def list_articles(who: MayRead, session: Reading, context: ContextDep) -> list[ArticleRowOut]:
    """Of the own centre, those above and those below; without drafts for staff who do not edit."""
    now = context.clock()
    edits = who.may(Permission.ARTICLE_WRITE) or who.may(Permission.ARTICLE_APPROVE)
    above = centers_above(who.center.center_id, await auth.parents(session))
    found = await repository.articles(session, who.visible_centers.union(above))
    versions: dict[str, list[ArticleVersion]] = defaultdict(list)
    for each in await repository.versions_of(session, [article.article_id for article in found]):
        versions[each.article_id].append(each)
    rows = [view.row_out(article, versions[article.article_id], now) for article in found]
    return rows if edits else [row for row in rows if row.current is not None]


@router.post("", status_code=201, responses=responses(NotFound, Refused))
async def create_article(body: ArticleIn, who: MayWrite, session: Writing, context: ContextDep) -> ArticleOut:
    """A first draft."""
    now = context.clock()
    version = await editing.create(
        session, who, body.center, body.topic, body.language, body.category, body.stands_in_for, _wording(body), now
    )
    if body.request_id:
        await requests.take_up(session, who, body.request_id, version.article_id)
    return await _out(session, context, who, version.article_id)


@router.put("/{article_id}", responses=responses(NotFound, Refused))
async def write_article(
    article_id: str, body: WordingIn, who: MayWrite, session: Writing, context: ContextDep
) -> ArticleOut:
    """The open draft, or a new one; what is in force stays as it is."""
    await editing.write(session, who, article_id, _wording(body), context.clock())
    return await _out(session, context, who, article_id)


@router.post("/{article_id}/versions/{version}/events", responses=responses(NotFound, Refused))
async def act_on_version(
    article_id: str, version: int, body: ArticleAct, who: CurrentStaff, session: Writing, context: ContextDep
) -> ArticleOut:
    """submit: its author's side; approve, reject, expire: an approver who did not write it."""
    who.require(Permission.ARTICLE_WRITE if body.event is Act.SUBMIT else Permission.ARTICLE_APPROVE)
    if body.event is Act.WRITE:
        raise Invalid("article.write_by_put")
    changed = await editing.act(session, who, article_id, version, body.event, body.remark, context.clock())
    if body.event is Act.APPROVE:
        await requests.released(session, who, article_id)
        await _have_it_spoken(context, await editing.get(session, article_id), changed)
    return await _out(session, context, who, article_id)


@router.get("/words/synonyms")
async def list_synonyms(_who: MayRead, session: Reading) -> list[SynonymsOut]:
    """The centre's own first, then those that come with the product."""
    own = [
        SynonymsOut(group_id=each.group_id, words=each.words, changed_by=each.changed_by)
        for each in await repository.synonym_groups(session)
    ]
    return own + [SynonymsOut(group_id="", words=list(group), changed_by="") for group in lexicon().groups]


@router.post("/words/synonyms", status_code=201)
async def add_synonyms(body: SynonymsIn, who: MayWrite, session: Writing, context: ContextDep) -> SynonymsOut:
    row = SynonymGroup(group_id=str(uuid4()))
    session.add(row)
    return await _write_synonyms(session, context, who, row, body)


@router.put("/words/synonyms/{group_id}", responses=responses(NotFound))
async def change_synonyms(
    group_id: str, body: SynonymsIn, who: MayWrite, session: Writing, context: ContextDep
) -> SynonymsOut:
    return await _write_synonyms(session, context, who, await _group(session, group_id), body)


@router.delete("/words/synonyms/{group_id}", responses=responses(NotFound))
async def delete_synonyms(group_id: str, who: MayWrite, session: Writing, context: ContextDep) -> Done:
    await session.delete(await _group(session, group_id))
    await audit.record(session, who, "synonyms.deleted", context.clock(), subject="synonym_group", subject_id=group_id)
    return Done()


async def _write_synonyms(
    session: Writing, context: Context, who: Principal, row: SynonymGroup, body: SynonymsIn
) -> SynonymsOut:
    now = context.clock()
    row.words, row.changed_by, row.changed_at = [word.lower() for word in body.words], who.agent_no, now
    await audit.record(session, who, "synonyms.written", now, subject="synonym_group", subject_id=row.group_id)
    return SynonymsOut(group_id=row.group_id, words=row.words, changed_by=row.changed_by)


async def _group(session: Writing, group_id: str) -> SynonymGroup:
    row = await session.get(SynonymGroup, group_id)
    if row is None:
        raise NotFound("synonym_group", group_id)
    return row


async def _have_it_spoken(context: Context, article: Article, version: ArticleVersion) -> None:
    """Callers hear the version before until the sound is there."""
    if not article.topic:
        return
    text = version.spoken or version.body
    shipped = committed(context.settings.sounds_folder).get(shipped_prompt(article.topic))
    if shipped is not None and shipped.texts.get(article.language) == text:
        version.prompt = shipped.prompt_id
        return
    await asyncio.to_thread(context.speech.request, text, article.language, editing.slug_of(article, version.version))


def _wording(body: WordingIn) -> editing.Wording:
    return editing.Wording(
        body.title,
        body.body,
        body.spoken,
        tuple(body.keywords),
        body.public,
        body.valid_from,
        body.valid_until,
    )


async def _out(session: Writing, context: Context, who: Principal, article_id: str) -> ArticleOut:
    article, versions = await editing.get(session, article_id), await repository.versions(session, article_id)
    return view.article_out(article, versions, await repository.uses(session, article_id), who, context.clock())
