"""What a caller may do about the service password, and what is told in writing when something happens to it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from agent_api.customers import notices
from agent_api.customers import service as customers
from agent_api.db import Database
from agent_api.identity.port import IdentityPort, Verification
from agent_api.identity.sms_codes import SmsCodes
from agent_api.masking import mask_number

Changed: TypeAlias = Literal["ok", "fail", "locked", "weak", "refused"]


@dataclass(frozen=True, slots=True)
class PasswordDesk:
    db: Database
    identity: IdentityPort
    codes: SmsCodes

    async def verify(self, number: str, password: str, today: date, now: datetime) -> Verification:
        """The line is warned when this try locked it."""
        found = await self.identity.verify_password(number, password, today)
        if found.just_locked:
            await self._tell(number, "password.locked", now)
        return found

    async def change(self, number: str, old: str, new: str, today: date, now: datetime) -> Changed:
        proof = await self.verify(number, old, today, now)
        if proof.result != "pass":
            return "locked" if proof.result == "locked" else "fail"
        return await self._set(number, new, now)

    async def reset(self, number: str, code: str, id_last6: str, new: str, today: date, now: datetime) -> Changed:
        """With a code to the own line and the identity card. A weak password costs neither."""
        checked = await self.identity.check_new_password(number, new)
        if checked != "ok":
            return "fail" if checked == "unknown" else checked
        proof = await self.identity.verify_id(number, id_last6, today)
        if proof.result == "locked":
            return "refused"
        if proof.result != "pass" or await self.codes.check_for_reset(number, code, now) != "pass":
            return "fail"
        return await self._set(number, new, now)

    async def _set(self, number: str, new: str, now: datetime) -> Changed:
        done = await self.identity.set_password(number, new)
        if done == "ok":
            await self._tell(number, "password.changed", now)
        return "fail" if done == "unknown" else done

    async def _tell(self, number: str, template: str, now: datetime) -> None:
        async with self.db.write() as session:
            line = await customers.find_line(session, number)
            if line is not None:
                await notices.tell(session, line.customer, template, {"number": mask_number(number)}, now)
