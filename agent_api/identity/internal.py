"""What the voice menu asks about proof of identity."""

from fastapi import APIRouter, Depends

from agent_api.customers.rules import normal_number
from agent_api.errors import Invalid, NotSignedIn, Unavailable, responses
from agent_api.identity.questions import VerifyAnswer, VerifyQuestion
from agent_api.web import ContextDep, check_service

router = APIRouter(
    prefix="/internal/v1",
    tags=["internal"],
    dependencies=[Depends(check_service)],
    responses=responses(NotSignedIn, Invalid, Unavailable),
)


@router.post("/verify")
async def verify(body: VerifyQuestion, context: ContextDep) -> VerifyAnswer:
    """Service password of a number. The third wrong one of a day locks it for that day."""
    found = await context.identity.verify_password(normal_number(body.number), body.password, context.today)
    passed = found.result == "pass"
    return VerifyAnswer(
        result=found.result,
        attempts_left=found.attempts_left,
        customer_id=found.customer_id if passed else None,
        initial=found.initial,
    )
