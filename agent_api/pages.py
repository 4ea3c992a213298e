"""Serves the built desk: files as they are, every other address gets the one page (its router knows the rest)."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, Response

from agent_api.errors import NotFound

FOREVER = "public, max-age=31536000, immutable"
NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Hotline</title><p>座席工作台尚未构建(The desk is not built yet)。"
)


def desk_router(folder: Path) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/{path:path}")
    def page(path: str) -> Response:
        if path.startswith(("api/", "internal/")):
            raise NotFound("address", path)
        root = folder.resolve()
        file = (root / path).resolve()
        if path and file.is_relative_to(root) and file.is_file():
            # The build puts a hash of the content into the names below assets/.
            return FileResponse(file, headers={"Cache-Control": FOREVER if path.startswith("assets/") else "no-cache"})
        index = root / ("service.html" if path == "service" or path.startswith("service/") else "index.html")
        if not index.is_file():
            return HTMLResponse(NOT_BUILT, status_code=503)
        return FileResponse(index, headers={"Cache-Control": "no-cache"})

    return router
