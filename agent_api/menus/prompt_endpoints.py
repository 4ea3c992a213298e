"""Hearing a prompt, and a centre's own prompts: recorded, or synthesised from a text."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, UploadFile
from fastapi.responses import FileResponse

from agent_api.announcements import service as announcements
from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.knowledge import service as knowledge
from agent_api.menus import service
from agent_api.menus.catalogue import OWN
from agent_api.menus.endpoints import MayEdit, prompt_book, prompt_out
from agent_api.menus.schemas import PromptOut
from agent_api.web import ContextDep, Writing, allowed

router = APIRouter(prefix="/api/v1/menus/prompts", tags=["menus"], responses=responses(NotSignedIn, Denied, Invalid))

MayListen = Annotated[Principal, Depends(allowed(Permission.IVR_READ))]
Language = Literal["zh", "en"]


@router.get("/{prompt_id:path}/audio", responses=responses(NotFound), response_class=FileResponse)
async def listen(prompt_id: str, _who: MayListen, context: ContextDep, language: Language = "zh") -> FileResponse:
    """What a caller would hear. Only prompts of the catalogue."""
    path = await asyncio.to_thread(prompt_book(context).sound, prompt_id, language)
    return FileResponse(path, media_type="audio/wav", headers={"Cache-Control": "no-cache"})


@router.post("", responses=responses(Refused))
async def make(
    who: MayEdit,
    session: Writing,
    context: ContextDep,
    slug: Annotated[str, Form(max_length=60)],
    zh: Annotated[str, Form(max_length=500)] = "",
    en: Annotated[str, Form(max_length=500)] = "",
    language: Annotated[Language, Form()] = "zh",
    file: UploadFile | None = None,
) -> PromptOut:
    """A recording in `language`; the machine speaks the texts that have none, and `state` says when."""
    store = context.speech
    texts = {spoken: text.strip() for spoken, text in (("zh", zh), ("en", en)) if text.strip()}
    if file is not None:
        await asyncio.to_thread(store.put_recording, await file.read(), language, slug, texts.pop(language, ""))
    elif not texts:
        raise Invalid("speech.bad_text")
    for spoken, text in texts.items():
        await asyncio.to_thread(store.request, text, spoken, slug)
    action = "prompt.recorded" if file is not None else "prompt.written"
    await audit.record(session, who, action, context.clock(), subject="prompt", subject_id=OWN + slug)
    made = await asyncio.to_thread(prompt_book(context).prompts)
    return prompt_out(next(each for each in made if each.prompt_id == OWN + slug))


@router.delete("/{prompt_id:path}", status_code=204, responses=responses(NotFound, Refused))
async def delete(prompt_id: str, who: MayEdit, session: Writing, context: ContextDep) -> None:
    """Only one's own, and only when no tree, announcement or article names it."""
    known = await asyncio.to_thread(prompt_book(context).prompts)
    if not any(each.own and each.prompt_id == prompt_id for each in known):
        raise NotFound("prompt", prompt_id)
    in_use = await service.prompts_in_use(session) | await announcements.prompts_in_use(session)
    if prompt_id in in_use | await knowledge.prompts_in_use(session):
        raise Refused("prompt.in_use")
    await audit.record(session, who, "prompt.deleted", context.clock(), subject="prompt", subject_id=prompt_id)
    await asyncio.to_thread(context.speech.delete, prompt_id.removeprefix(OWN))
