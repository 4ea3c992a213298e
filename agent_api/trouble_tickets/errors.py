"""Errors in TMF621's body: code and reason, always JSON. One table from ours to it."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from agent_api.codes import message_of
from agent_api.errors import DeskError

MEDIA = "application/json;charset=utf-8"
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


class BadRequest(DeskError):
    """What was sent cannot be read or is not allowed; the detail says which attribute and why."""

    status = 400
    example = "trouble.bad_request"

    def __init__(self, attribute: str, why: str) -> None:
        super().__init__("trouble.bad_request", {"attribute": attribute, "why": why})


class Json(JSONResponse):
    media_type = MEDIA


def error_response(status: int, reason: str, message: str, headers: dict[str, str] | None = None) -> Json:
    body = {"code": str(status), "reason": reason, "message": message, "status": TITLES.get(status, str(status))}
    return Json(body, status, headers)


async def expected(_request: Request, error: Exception) -> Json:
    assert isinstance(error, DeskError)
    status = 400 if error.status == 422 else error.status
    said = "; ".join(f"{name}: {value}" for name, value in error.detail.items())
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "2"}}.get(status)
    return error_response(status, error.code, f"{message_of(error.code)} {said}".strip(), headers)


async def _unreadable(_request: Request, error: Exception) -> Json:
    assert isinstance(error, RequestValidationError)
    # Places and reasons only: the values may be personal data.
    said = "; ".join(f"{'.'.join(str(part) for part in each['loc'][1:])}: {each['msg']}" for each in error.errors())
    return error_response(400, "trouble.bad_request", said[:1000])


async def _of_the_framework(_request: Request, error: Exception) -> Json:
    assert isinstance(error, HTTPException)
    return error_response(error.status_code, TITLES.get(error.status_code, "http_error"), str(error.detail))


def install(app: FastAPI) -> None:
    app.add_exception_handler(DeskError, expected)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _of_the_framework)
