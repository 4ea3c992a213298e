"""Passwords and identity digits in our own database, hashed. Opens its own units of work, as a remote one would."""

from datetime import date

from anyio import to_thread
from sqlalchemy import select

from agent_api.auth.passwords import Passwords
from agent_api.customers import service as customers
from agent_api.customers.models import Product, ServicePassword
from agent_api.customers.rules import tries_left
from agent_api.db import Database
from agent_api.identity import tries
from agent_api.identity.port import NewPassword, Verification
from agent_api.identity.rules import document_digits, is_weak

ID_CHECK = "id"

_KNOWN = (
    select(
        ServicePassword.password_hash,
        ServicePassword.wrong_tries,
        ServicePassword.wrong_day,
        ServicePassword.initial,
        Product.customer_id,
    )
    .join(Product, Product.number == ServicePassword.number)
    .where(Product.status != "closed")
)


class EmbeddedIdentity:
    def __init__(self, db: Database, passwords: Passwords) -> None:
        self._db = db
        self._passwords = passwords

    async def verify_password(self, number: str, password: str, today: date) -> Verification:
        async with self._db.glance() as session:
            known = (await session.execute(_KNOWN.where(ServicePassword.number == number))).first()
        if known is None:
            return Verification("unknown")
        if tries_left(known.wrong_tries, known.wrong_day, today) == 0:
            return Verification("locked", 0, known.customer_id)
        good = await self._passwords.matches(password, known.password_hash)
        if good and known.wrong_tries == 0:  # nothing to note down: most callers, and no wait for the writer
            return Verification("pass", tries.ALLOWED_PER_DAY, known.customer_id, known.initial)
        return await self._count(number, known.customer_id, good, today)

    async def _count(self, number: str, owner: str, good: bool, today: date) -> Verification:
        async with self._db.write() as session:
            known = await session.get_one(ServicePassword, number, with_for_update=True)
            before = tries_left(known.wrong_tries, known.wrong_day, today)
            if before == 0:  # locked by a parallel call while we were hashing
                return Verification("locked", 0, owner)
            known.wrong_tries = 0 if good else known.wrong_tries + 1 if known.wrong_day == today else 1
            known.wrong_day = None if good else today
        if good:
            return Verification("pass", before, owner, known.initial)
        return Verification("fail" if before > 1 else "locked", before - 1, owner, just_locked=before == 1)

    async def verify_id(self, number: str, id_last6: str, today: date) -> Verification:
        async with self._db.read() as session:
            line = await customers.find_line(session, number)
            if line is None or line.customer.id_last6_hash is None:
                return Verification("unknown")
            owner = line.customer
            if await tries.left(session, ID_CHECK, owner.customer_id, today) == 0:
                return Verification("locked", 0, owner.customer_id)
        if await self._passwords.matches(document_digits(id_last6), owner.id_last6_hash):
            return Verification("pass", tries.ALLOWED_PER_DAY, owner.customer_id)
        async with self._db.write() as session:
            rest = await tries.add(session, ID_CHECK, owner.customer_id, today)
        return Verification("fail" if rest else "locked", rest, owner.customer_id)

    async def check_new_password(self, number: str, password: str) -> NewPassword:
        async with self._db.read() as session:
            line = await customers.find_line(session, number)
        if line is None:
            return "unknown"
        if line.product.status != "active":
            return "refused"
        if is_weak(password, number) or await self._passwords.matches(password, line.customer.id_last6_hash):
            return "weak"
        return "ok"

    async def set_password(self, number: str, password: str) -> NewPassword:
        if (checked := await self.check_new_password(number, password)) != "ok":
            return checked
        password_hash = await to_thread.run_sync(self._passwords.hash, password)
        async with self._db.write() as session:
            stored = await session.get(ServicePassword, number, with_for_update=True)
            if stored is None:
                session.add(ServicePassword(number=number, password_hash=password_hash, wrong_tries=0))
            else:
                stored.password_hash, stored.initial = password_hash, False
                stored.wrong_tries, stored.wrong_day = 0, None
        return "ok"

    async def set_reminder(self, number: str, on: bool) -> bool:
        async with self._db.write() as session:
            line = await customers.find_line(session, number, for_update=True)
            if line is not None:
                line.product.reminder = on
        return line is not None

    async def unlock(self, customer_id: str) -> None:
        async with self._db.write() as session:
            numbers = select(Product.number).where(Product.customer_id == customer_id)
            for stored in await session.scalars(select(ServicePassword).where(ServicePassword.number.in_(numbers))):
                stored.wrong_tries, stored.wrong_day = 0, None
            await tries.forget(session, ID_CHECK, customer_id)
