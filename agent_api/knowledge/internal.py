"""What the voice menu asks of articles: the prompt to play."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.errors import Invalid, NotSignedIn, Unavailable, responses
from agent_api.knowledge import service
from agent_api.knowledge.schemas import Language
from agent_api.menus.manifest import committed
from agent_api.web import ContextDep, Reading, check_service

router = APIRouter(
    prefix="/internal/v1",
    tags=["internal"],
    dependencies=[Depends(check_service)],
    responses=responses(NotSignedIn, Invalid, Unavailable),
)


class ArticleQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"topic": "tariffs", "language": "zh", "center": "js"}]})

    topic: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")]
    language: Language
    center: str = Field(default="", max_length=20, description="The caller's, as far as known")


class ArticleAnswer(BaseModel):
    result: Literal["ok", "none"]
    prompt: str = ""
    sent_by_sms: bool = True


@router.post("/article")
async def article(body: ArticleQuestion, session: Reading, context: ContextDep) -> ArticleAnswer:
    """Of the caller's centre or the nearest above: the last version whose sound is ready, else the shipped prompt."""
    shipped = committed(context.settings.sounds_folder)
    versions, shipped_may = await service.spoken(session, body.topic, body.language, body.center, context.clock())
    for written in versions:
        own = written.prompt.removeprefix("own/")
        ready = written.prompt in shipped
        if own != written.prompt:
            ready = await asyncio.to_thread(context.speech.path(body.language, own).is_file)
        if ready:
            return ArticleAnswer(result="ok", prompt=written.prompt, sent_by_sms=versions[0].public)
    prompt = service.shipped_prompt(body.topic)
    if shipped_may and prompt in shipped:
        return ArticleAnswer(result="ok", prompt=prompt)
    return ArticleAnswer(result="none", sent_by_sms=False)
