"""What the voice menu polls every second: trees that changed since."""

from fastapi import APIRouter, Depends

from agent_api.errors import Invalid, NotSignedIn, Unavailable, responses
from agent_api.menus import service
from agent_api.menus.schemas import MenusAnswer, MenusQuestion
from agent_api.web import Reading, check_service

router = APIRouter(
    prefix="/internal/v1",
    tags=["internal"],
    dependencies=[Depends(check_service)],
    responses=responses(NotSignedIn, Invalid, Unavailable),
)


@router.post("/menus")
async def menus(body: MenusQuestion, session: Reading) -> MenusAnswer:
    """Live trees other than those known; a call keeps the tree it began with."""
    changed, live = await service.published(session, body.known)
    return MenusAnswer(
        changed=changed,
        gone=sorted(body.known.keys() - live.keys()),
        homes=await service.homes(session, live),
    )
