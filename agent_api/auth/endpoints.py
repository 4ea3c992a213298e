"""Sign-in and sign-out, and the softphone's sign-in data."""

from fastapi import APIRouter, Depends, Request, Response

from agent_api.auth import service, signing_in
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.auth.schemas import CenterOut, Me, SignIn, Softphone
from agent_api.auth.signing_in import CodeVerdict, Stage
from agent_api.context import Context
from agent_api.errors import Denied, NotSignedIn, Unavailable, responses
from agent_api.web import (
    COOKIE,
    ContextDep,
    CurrentStaff,
    HalfSignedIn,
    Reading,
    Rescoping,
    Writing,
    address_of,
    allowed_one_of,
    check_same_site,
)

router = APIRouter(prefix="/api/v1", tags=["session"], dependencies=[Rescoping])


def me_of(who: Principal, stage: Stage, context: Context) -> Me:
    """Without permissions while something must be done first."""
    signed_in = stage in (Stage.OPEN, Stage.LOCKED)
    return Me(
        agent_no=who.agent_no,
        name=who.name,
        roles=sorted(who.roles),
        permissions=sorted(who.permissions) if signed_in else [],
        center=CenterOut(id=who.center.center_id, name=who.center.name, level=who.center.level),
        queues=list(who.queues) if signed_in else [],
        language=who.language,
        stage=stage,
        idle_seconds=int(context.settings.idle_lock.total_seconds()),
        timezone=context.settings.timezone,
    )


@router.post("/session", dependencies=[Depends(check_same_site)], responses=responses(NotSignedIn, Denied, Unavailable))
async def sign_in(body: SignIn, request: Request, response: Response, context: ContextDep) -> Me:
    """Sign in at the desk. Five wrong passwords or codes within 15 minutes lock the account for 30."""
    now, ip = context.clock(), address_of(request)
    async with context.db.read() as session:
        locked = await service.lock_of(session, body.agent_no, context.lockout, now)
        stored = await service.password_hash_of(session, body.agent_no)
    if locked is not None:
        raise Denied("auth.locked", {"until": locked.isoformat()})
    if not await context.passwords.matches(body.password, stored):
        async with context.db.write() as session:
            await service.note_failure(session, body.agent_no, ip, now)
        raise NotSignedIn("auth.wrong")
    async with context.db.write() as session:
        verdict = await signing_in.check_code(session, body.agent_no, body.code, ip, now)
    if verdict is not CodeVerdict.GOOD:
        raise NotSignedIn(verdict.value)
    async with context.db.write() as session:
        token, who, stage = await signing_in.open_session(session, body.agent_no, ip, context.sign_in_rules, now)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(context.settings.session_length.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=context.settings.cookie_secure,
    )
    return me_of(who, stage, context)


@router.get("/session", responses=responses(NotSignedIn))
async def read_session(half: HalfSignedIn, context: ContextDep) -> Me:
    """Who is signed in, and whether something must be done first."""
    return me_of(half.who, half.stage, context)


@router.delete("/session", status_code=204, responses=responses(NotSignedIn, Denied))
async def sign_out(
    half: HalfSignedIn, request: Request, response: Response, session: Writing, context: ContextDep
) -> None:
    """Sign out of the desk (the agent's state at the telephone is not touched)."""
    await service.close_session(session, request.cookies[COOKIE], half.who, context.clock())
    response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=context.settings.cookie_secure)


@router.get("/centers", responses=responses(NotSignedIn))
async def list_centers(_who: CurrentStaff, session: Reading) -> list[CenterOut]:
    """All centres: the names behind the ids, and where a ticket can be sent."""
    return [
        CenterOut(id=each.center_id, name=each.name, level=each.level) for each in await service.all_centers(session)
    ]


@router.get("/softphone", responses=responses(NotSignedIn, Denied))
async def softphone(
    request: Request,
    response: Response,
    session: Writing,
    context: ContextDep,
    who: Principal = Depends(allowed_one_of(Permission.AGENT_WORK, Permission.FLOOR_LISTEN)),
) -> Softphone:
    """Where and as whom the browser's telephone registers. Audited, never cached."""
    account = await service.staff_of(session, who.agent_no)
    await service.note_softphone(session, request.cookies[COOKIE], who, context.clock(), context.settings.zone)
    response.headers["Cache-Control"] = "no-store"
    return Softphone(
        ws_url=context.settings.softphone_ws_url,
        sip_user=f"{who.agent_no}w",
        sip_password=account.browser_password,
        domain=context.settings.sip_domain,
    )
