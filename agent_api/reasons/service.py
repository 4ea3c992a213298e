"""The tree a centre works with, titles of every code there ever was, and forms that were filled in. Never commits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.documents import service as documents
from agent_api.documents.models import CenterDocument
from agent_api.errors import Invalid, Refused
from agent_api.reasons import forms
from agent_api.reasons.models import TicketForm
from agent_api.reasons.shipped import SHIPPED_TITLES, shipped_tree
from agent_api.reasons.tree import Reason, leaf_of, problems, titles

KIND = "reasons"


@dataclass(frozen=True, slots=True)
class CenterTree:
    center_id: str
    """Whose it is; empty for the shipped one."""
    version: int
    tree: tuple[Reason, ...]


class ReasonBook:
    """Titles of all codes, from memory: old ones stay in the figures when their leaf is gone."""

    def __init__(self) -> None:
        self._versions = 0
        self._titles: Mapping[str, str] = SHIPPED_TITLES

    async def titles(self, session: AsyncSession) -> Mapping[str, str]:
        """Reads the trees again only when there is a new version."""
        count = await session.scalar(select(func.count()).where(CenterDocument.kind == KIND)) or 0
        if count != self._versions:
            found = dict(SHIPPED_TITLES)
            for row in await documents.every(session, KIND):
                found |= titles([Reason.model_validate(each) for each in row.content])
            self._titles, self._versions = found, count
        return self._titles


async def tree_of(session: AsyncSession, center_id: str) -> CenterTree:
    found = await documents.in_force(session, KIND, center_id)
    if found.version == 0:
        return CenterTree("", 0, shipped_tree())
    return CenterTree(found.center_id, found.version, tuple(Reason.model_validate(each) for each in found.content))


async def publish(
    session: AsyncSession,
    who: Principal,
    center_id: str,
    tree: tuple[Reason, ...],
    note: str,
    based_on: int,
    now: datetime,
) -> CenterTree:
    if wrong := problems(tree):
        raise Refused("reasons.have_problems", {"problems": [each.model_dump() for each in wrong]})
    content = [reason.model_dump(mode="json", exclude_defaults=True) for reason in tree]
    row = await documents.publish(session, who, KIND, center_id, content, note, based_on, now)
    return CenterTree(center_id, row.version, tree)


async def check_form(session: AsyncSession, center_id: str, code: str, values: Mapping[str, str]) -> TicketForm | None:
    """What to keep with the ticket (its number is still to be set); None without a reason, or one with no form.

    Raises Invalid with what is wrong with each field.
    """
    if not code:
        return None
    found = await tree_of(session, center_id)
    leaf = leaf_of(found.tree, code)
    if leaf is None:
        raise Invalid("call.unknown_reason", {"reason_code": code})
    kept, wrong = forms.checked(leaf.fields, values)
    if wrong:
        listed = [{"field": name, "reason": reason} for name, reason in wrong.items()]
        raise Invalid("reasons.form_incomplete", {"fields": listed})
    if not kept:
        return None
    fields = [
        {"name": field.name, "title": field.title, "kind": field.kind, "value": kept[field.name]}
        for field in leaf.fields
        if field.name in kept
    ]
    return TicketForm(reason_code=code, center_id=found.center_id, version=found.version, fields=fields)


async def form_of(session: AsyncSession, ticket_no: str) -> TicketForm | None:
    return await session.get(TicketForm, ticket_no)
