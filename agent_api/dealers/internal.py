"""What the voice menu asks for a dealer who has signed in (level D)."""

from typing import Annotated, Literal, TypeAlias

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.customers.questions import Amount
from agent_api.dealers import service
from agent_api.errors import Invalid, NotSignedIn, Unavailable, responses
from agent_api.identity.questions import Secret
from agent_api.knowledge import service as knowledge
from agent_api.web import ContextDep, Reading, Writing, check_service

router = APIRouter(
    prefix="/internal/v1/dealer",
    tags=["internal"],
    dependencies=[Depends(check_service)],
    responses=responses(NotSignedIn, Invalid, Unavailable),
)
Digits: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
NO_NEWS = "暂无新的政策公告"


class DealerQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "5001"}]})

    code: Digits


class DealerSignIn(DealerQuestion):
    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "5001", "password": "246802"}]})

    password: Secret


class DealerSignedIn(BaseModel):
    result: Literal["pass", "fail", "locked", "unknown"]
    center: str | None = None


class ActivationQuestion(DealerQuestion):
    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "5001", "card": "898650010001"}]})

    card: Digits = Field(repr=False)


class ActivationAnswer(BaseModel):
    result: Literal["active", "inactive", "unknown"]


class CommissionAnswer(BaseModel):
    result: Literal["ok", "unknown"]
    month: str = ""
    amount: Amount = "0.00"


class OrdersAnswer(BaseModel):
    result: Literal["ok", "unknown"]
    open: int = 0
    done: int = 0


class NoticesAnswer(BaseModel):
    result: Literal["ok", "unknown"]


@router.post("/verify")
async def verify(body: DealerSignIn, context: ContextDep) -> DealerSignedIn:
    """Three wrong ones in a row lock the code until the channel manager unlocks it."""
    found = await service.verify(context.db, context.passwords, body.code, body.password)
    return DealerSignedIn(result=found.result, center=found.center_id)


@router.post("/activation")
async def activation(body: ActivationQuestion, session: Reading) -> ActivationAnswer:
    """Whether one of the dealer's cards is active."""
    return ActivationAnswer(result=await service.activation(session, body.code, body.card))


@router.post("/commission")
async def commission(body: DealerQuestion, session: Reading) -> CommissionAnswer:
    """Of the last month that was settled."""
    found = await service.commission(session, body.code)
    if found is None:
        return CommissionAnswer(result="unknown")
    return CommissionAnswer(result="ok", month=found[0], amount=f"{found[1]:.2f}")


@router.post("/orders")
async def orders(body: DealerQuestion, session: Reading) -> OrdersAnswer:
    """How many are open and done."""
    found = await service.orders(session, body.code)
    return OrdersAnswer(result="unknown") if found is None else OrdersAnswer(result="ok", open=found[0], done=found[1])


@router.post("/notices")
async def notices(body: DealerQuestion, session: Writing, context: ContextDep) -> NoticesAnswer:
    """The latest ones, by text to the registered telephone."""
    sounds, now = context.settings.sounds_folder, context.clock()
    text = await knowledge.text(session, knowledge.DEALER_NOTICES, "zh", sounds, now) or NO_NEWS
    sent = await service.send_notices(session, body.code, text, context.clock())
    return NoticesAnswer(result="ok" if sent else "unknown")
