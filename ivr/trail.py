"""The nodes a caller passed and nobody was told of yet. Who dials through the menu passes several in one breath."""

from acd.contracts.dialplan import VISIT_SEPARATOR

MOST = 4
"""In one report: their names stay below the 200 characters a value may have."""

Fields = dict[str, str]


class Trail:
    def __init__(self) -> None:
        self._visits: list[Fields] = []

    def __bool__(self) -> bool:
        return bool(self._visits)

    def add(self, visit: Fields) -> None:
        self._visits.append(visit)

    @property
    def next_report(self) -> Fields:
        """The oldest visits as the fields of one report; they stay until `told`."""
        visits = self._visits[:MOST]
        return {name: VISIT_SEPARATOR.join(visit[name] for visit in visits) for name in visits[0]}

    def told(self) -> None:
        del self._visits[:MOST]
