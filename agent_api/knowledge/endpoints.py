"""Articles at the desk, and the one the voice menu speaks."""

import asyncio
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.context import Context
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Unavailable, responses
from agent_api.knowledge import service
from agent_api.knowledge.models import Article
from agent_api.menus.manifest import committed
from agent_api.web import ContextDep, CurrentStaff, Reading, Writing, allowed, check_service

router = APIRouter(prefix="/api/v1/articles", tags=["knowledge"], responses=responses(NotSignedIn, Denied, Invalid))
internal = APIRouter(
    prefix="/internal/v1",
    tags=["internal"],
    dependencies=[Depends(check_service)],
    responses=responses(NotSignedIn, Invalid, Unavailable),
)
Topic = Annotated[str, Path(pattern=r"^[a-z][a-z_]{0,39}$")]
Language = Literal["zh", "en"]
MayWrite = Annotated[Principal, Depends(allowed(Permission.ARTICLE_WRITE))]


class ArticleIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"language": "zh", "title": "资费套餐", "text": "新推出畅享二十九元套餐。"}]}
    )

    language: Language = "zh"
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class ArticleOut(BaseModel):
    topic: str
    language: Language
    version: int = Field(description="0: as shipped")
    title: str
    text: str
    prompt: str
    created_by: str
    created_at: datetime | None


class ArticleQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"topic": "tariffs", "language": "zh"}]})

    topic: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")]
    language: Language


class ArticleAnswer(BaseModel):
    result: Literal["ok", "none"]
    prompt: str = ""
    sent_by_sms: bool = True


@router.get("")
async def list_articles(_who: CurrentStaff, session: Reading, context: ContextDep) -> list[ArticleOut]:
    """The last version of every topic and language."""
    found = [await _last(session, context, topic, language) for topic in service.TITLES for language in ("zh", "en")]
    return [article for article in found if article is not None]


@router.put("/{topic}", responses=responses(NotFound))
async def write_article(
    topic: Topic, body: ArticleIn, who: MayWrite, session: Writing, context: ContextDep
) -> ArticleOut:
    """A new version. The machine speaks it; until that is done callers hear the one before. Audited."""
    if topic not in service.TITLES:
        raise NotFound("article", topic)
    article = await service.write(session, who, topic, body.language, body.title, body.text, context.clock())
    slug = service.slug_of(topic, article.version)
    await asyncio.to_thread(context.speech.request, body.text, body.language, slug)
    return _out(article)


@internal.post("/article")
async def article(body: ArticleQuestion, session: Reading, context: ContextDep) -> ArticleAnswer:
    """The prompt to play: of the last version that has been spoken, else the shipped one."""
    for written in await service.versions(session, body.topic, body.language):
        path = context.speech.path(body.language, written.prompt.removeprefix("own/"))
        if await asyncio.to_thread(path.is_file):
            return ArticleAnswer(result="ok", prompt=written.prompt)
    prompt = service.shipped_prompt(body.topic)
    if prompt in committed(context.settings.sounds_folder):
        return ArticleAnswer(result="ok", prompt=prompt)
    return ArticleAnswer(result="none", sent_by_sms=False)


async def _last(session: Reading, context: Context, topic: str, language: Language) -> ArticleOut | None:
    written = await service.versions(session, topic, language)
    if written:
        return _out(written[0])
    text = await service.text(session, topic, language, context.settings.sounds_folder)
    if text is None:
        return None
    return ArticleOut(
        topic=topic,
        language=language,
        version=0,
        title=service.TITLES[topic],
        text=text,
        prompt=service.shipped_prompt(topic),
        created_by="",
        created_at=None,
    )


def _out(row: Article) -> ArticleOut:
    return ArticleOut.model_validate(row, from_attributes=True)
