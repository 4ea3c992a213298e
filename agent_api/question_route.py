"""The way of the voice menu's most frequent questions through the framework: only what they need.

Declared like every endpoint, so the OpenAPI document is FastAPI's own. Solving dependencies and encoding the answer the
general way costs more than the answer itself, for every call; here the body is read and the answer written by pydantic.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, get_type_hints

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from agent_api.context import Context
from agent_api.web import check_token, process_context

Answer = Callable[[BaseModel, Context], Awaitable[BaseModel]]


class QuestionRoute(APIRoute):
    """For endpoints of the form `(body: Model, context: ContextDep) -> Model` that our own processes ask."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer: Answer = self.endpoint
        question: type[BaseModel] = get_type_hints(answer)["body"]

        async def handle(request: Request) -> Response:
            context = process_context(request)
            check_token(context, request.headers.get("authorization", ""))
            try:
                body = question.model_validate_json(await request.body())
            except ValidationError as error:
                places = ({**each, "loc": ("body", *each["loc"])} for each in error.errors(include_url=False))
                raise RequestValidationError(list(places)) from None
            found = await answer(body, context)
            return Response(found.model_dump_json(), media_type="application/json")

        return handle
