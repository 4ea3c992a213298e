"""What can go wrong, as types, and the one table that turns it into HTTP. Messages are for people, codes are API."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from agent_api.codes import message_of

log = structlog.get_logger(__name__)


class DeskError(Exception):
    """Base of every expected failure: a stable code, words for a person, and a status."""

    status = 500
    example = "internal"

    def __init__(self, code: str, detail: dict[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail or {}


class NotSignedIn(DeskError):
    status = 401
    example = "auth.required"


class Denied(DeskError):
    """Who asks may not."""

    status = 403
    example = "auth.forbidden"


class NotFound(DeskError):
    status = 404
    example = "not_found"

    def __init__(self, kind: str, identifier: str) -> None:
        super().__init__("not_found", {"kind": kind, "id": identifier})


class Refused(DeskError):
    """A rule said no: wrong state, out of hours. Never an alarm."""

    status = 409
    example = "ticket.wrong_state"


class Invalid(DeskError):
    status = 422
    example = "request.invalid"


class Unavailable(DeskError):
    """Something we need is down or late; the caller may try again."""

    status = 503
    example = "unavailable"

    def __init__(self, what: str) -> None:
        super().__init__("unavailable", {"what": what})
        self.what = what


class ErrorBody(BaseModel):
    """Every error has this shape."""

    code: str
    message: str
    detail: dict[str, Any] = {}


def responses(*errors: type[DeskError]) -> dict[int | str, dict[str, Any]]:
    """OpenAPI description of the errors an endpoint may answer with."""
    return {
        error.status: {
            "model": ErrorBody,
            "description": (error.__doc__ or error.__name__).strip(),
            "content": {
                "application/json": {
                    "example": {"code": error.example, "message": message_of(error.example), "detail": {}}
                }
            },
        }
        for error in errors
    }


def error_response(status: int, code: str, detail: dict[str, Any] | None = None) -> JSONResponse:
    body = ErrorBody(code=code, message=message_of(code), detail=detail or {})
    headers = {"Retry-After": "2"} if status == Unavailable.status else None
    return JSONResponse(body.model_dump(mode="json"), status, headers)


def install(app: FastAPI, on_denied: Callable[[Request, Denied], Awaitable[None]]) -> None:
    """`on_denied` is told of every refusal for lack of rights before the answer goes out."""

    async def _denied(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Denied)
        await on_denied(request, error)
        return await _expected(request, error)

    app.add_exception_handler(Denied, _denied)
    app.add_exception_handler(DeskError, _expected)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(Exception, _our_bug)


async def _expected(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DeskError)
    if isinstance(error, Unavailable):
        log.warning("needed part is away", what=error.what)
    return error_response(error.status, error.code, error.detail)


async def _unreadable(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    # Places and reasons only: the values may be personal data.
    fields = [{"field": ".".join(str(p) for p in e["loc"][1:]), "reason": e["msg"]} for e in error.errors()]
    return error_response(Invalid.status, "request.invalid", {"fields": fields})


async def _of_the_framework(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "http_error")
    return error_response(error.status_code, code)


async def _our_bug(request: Request, error: Exception) -> JSONResponse:
    request_id = request.scope.get("request_id", "")
    log.error("unexpected failure", exc_info=error, request_id=request_id, path=request.url.path)
    return error_response(500, "internal", {"request_id": request_id})
