"""One person's web desk without a browser: a cookie session and the few calls an agent or supervisor makes."""

from types import TracebackType
from typing import Any

import httpx


class DeskError(Exception):
    """The desk refused or did not answer; `code` is its stable word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class DeskClient:
    def __init__(self, url: str, agent_no: str, password: str) -> None:
        self.agent_no, self._password = agent_no, password
        # The desk is on this machine: a proxy of the environment is not asked.
        self._http = httpx.AsyncClient(
            base_url=f"{url}/api/v1", headers={"X-Requested-With": "desk"}, timeout=10, trust_env=False
        )

    async def __aenter__(self) -> "DeskClient":
        try:
            await self.send("POST", "/session", agent_no=self.agent_no, password=self._password)
        except DeskError:
            await self._http.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def send(self, method: str, path: str, **body: Any) -> Any:
        """One request with a JSON body; returns the JSON answer, raises DeskError otherwise."""
        try:
            answer = await self._http.request(method, path, json=body if method != "GET" else None)
        except httpx.HTTPError as error:
            raise DeskError("desk.unreachable") from error
        if answer.is_success:
            return answer.json() if answer.content else None
        try:
            code = str(answer.json()["code"])
        except (ValueError, KeyError, TypeError):
            code = f"http.{answer.status_code}"
        raise DeskError(code)

    async def state(self) -> str:
        return str((await self.send("GET", "/agent/state"))["state"])
