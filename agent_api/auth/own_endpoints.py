"""What people do with their own account: password, second factor, lock and unlock of the desk."""

from fastapi import APIRouter, Request

from agent_api.auth import audit, password_rules, second_factor, service, signing_in
from agent_api.auth.schemas import Code, NewPassword, Password, RecoveryCodes, SecondFactorOut, StageOut
from agent_api.auth.signing_in import Stage
from agent_api.context import Context
from agent_api.errors import Denied, Invalid, NotSignedIn, Refused, responses
from agent_api.web import COOKIE, ContextDep, CurrentStaff, HalfSignedIn, Rescoping, Writing, address_of

router = APIRouter(
    prefix="/api/v1/session", tags=["session"], responses=responses(NotSignedIn, Denied), dependencies=[Rescoping]
)


@router.put("/password", responses=responses(Invalid))
async def change_password(body: NewPassword, half: HalfSignedIn, request: Request, context: ContextDep) -> StageOut:
    """One's own. Every other session of the account ends."""
    who, now = half.who, context.clock()
    await _check_password(context, who.agent_no, body.old, address_of(request))
    if (why_not := password_rules.objection(body.new, who.agent_no, who.name)) is not None:
        raise Invalid(why_not)
    async with context.db.read() as session:
        hashes = await signing_in.used_before(session, who.agent_no)
    for stored in hashes:
        if await context.passwords.matches(body.new, stored):
            raise Invalid("password.used_before")
    new_hash = context.passwords.hash(body.new)
    async with context.db.write() as session:
        await signing_in.set_password(session, await service.staff_of(session, who.agent_no), new_hash, now)
        desk = await service.desk_session(session, request.cookies[COOKIE], now)
        await service.end_sessions(session, who.agent_no, now, but=desk)
        await audit.record(session, who, "password.changed", now, subject="staff", subject_id=who.agent_no)
        return StageOut(stage=await signing_in.go_on(session, desk, context.sign_in_rules, now))


@router.post("/second-factor", responses=responses(Refused))
async def begin_second_factor(half: HalfSignedIn, session: Writing) -> SecondFactorOut:
    """A new secret for an authenticator. In force once a code of it was sent."""
    row = await second_factor.begin(session, half.who)
    uri, picture = second_factor.picture(row.secret, half.who.agent_no)
    return SecondFactorOut(secret=row.secret, uri=uri, picture=picture)


@router.post("/second-factor/confirm", responses=responses(Refused, Invalid))
async def confirm_second_factor(
    body: Code, half: HalfSignedIn, request: Request, session: Writing, context: ContextDep
) -> RecoveryCodes:
    now = context.clock()
    codes = await second_factor.confirm(session, half.who, body.code, now)
    desk = await service.desk_session(session, request.cookies[COOKIE], now)
    return RecoveryCodes(codes=codes, stage=await signing_in.go_on(session, desk, context.sign_in_rules, now))


@router.post("/lock", status_code=204)
async def lock(who: CurrentStaff, request: Request, session: Writing, context: ContextDep) -> None:
    """Nobody sits there: nothing can be read or done until the password is given. A call goes on."""
    now = context.clock()
    (await service.desk_session(session, request.cookies[COOKIE], now)).stage = Stage.LOCKED.value
    await audit.record(session, who, "session.locked", now, subject="staff", subject_id=who.agent_no)


@router.post("/touch", status_code=204)
async def touch(_who: CurrentStaff) -> None:
    """Somebody sits there and only reads or talks. Anything that changes something says so by itself."""


@router.post("/unlock")
async def unlock(body: Password, half: HalfSignedIn, request: Request, context: ContextDep) -> StageOut:
    now = context.clock()
    await _check_password(context, half.who.agent_no, body.password, address_of(request))
    async with context.db.write() as session:
        desk = await service.desk_session(session, request.cookies[COOKIE], now)
        return StageOut(stage=await signing_in.go_on(session, desk, context.sign_in_rules, now))


async def _check_password(context: Context, agent_no: str, password: str, ip: str) -> None:
    """Wrong ones count towards the lock of the account."""
    now = context.clock()
    async with context.db.read() as session:
        locked = await service.lock_of(session, agent_no, context.lockout, now)
        stored = await service.password_hash_of(session, agent_no)
    if locked is not None:
        raise Denied("auth.locked", {"until": locked.isoformat()})
    if not await context.passwords.matches(password, stored):
        async with context.db.write() as session:
            await service.note_failure(session, agent_no, ip, now)
        raise Invalid("password.wrong")
