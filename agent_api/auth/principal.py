"""Who is asking: the signed-in member of staff, as values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from agent_api.auth.roles import SHIPPED, Permission, RoleTable
from agent_api.errors import Denied

CITY_UNIT = frozenset({"city_receiver", "city_handler", "city_leader"})


@dataclass(frozen=True, slots=True)
class CenterRef:
    center_id: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Principal:
    agent_no: str
    name: str
    roles: frozenset[str]
    center: CenterRef
    visible_centers: frozenset[str]
    """Own centre and all below."""
    queues: tuple[str, ...]
    skills: Mapping[str, int]
    language: str
    ip: str = ""
    table: RoleTable = SHIPPED
    """What roles may do at the person's centre."""

    @property
    def permissions(self) -> frozenset[Permission]:
        return self.table.permissions_of(self.roles)

    @property
    def is_city_unit(self) -> bool:
        """Back office of a city: sees its own tickets, and customers of its city or of these (requirements.md 6.2)."""
        return self.roles <= CITY_UNIT

    def may(self, permission: Permission) -> bool:
        return any(permission in self.table.rights.get(role, ()) for role in self.roles)

    def require(self, permission: Permission) -> None:
        if not self.may(permission):
            raise Denied("auth.forbidden", {"permission": permission.value})


SYSTEM = "system"


def system(center: CenterRef) -> Principal:
    """Who acts when the process does, not a person; may do nothing that takes a permission."""
    return Principal(SYSTEM, "系统", frozenset({SYSTEM}), center, frozenset({center.center_id}), (), {}, "zh")


def centers_below(center_id: str, parents: Mapping[str, str | None]) -> frozenset[str]:
    """The centre itself and every centre under it, given each centre's parent."""
    found = {center_id}
    growing = True
    while growing:
        more = {child for child, parent in parents.items() if parent in found} - found
        found |= more
        growing = bool(more)
    return frozenset(found)


def centers_above(center_id: str, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """The centre itself and each one above it, nearest first; an unknown one has the top centres above it."""
    if center_id not in parents:
        return tuple(each for each, parent in parents.items() if parent is None)
    found = [center_id]
    while (parent := parents.get(found[-1])) is not None:
        found.append(parent)
    return tuple(found)
