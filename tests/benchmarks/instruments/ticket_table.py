"""A table of 100,000 tickets with their timelines, and the people who work on them: made of the demo's, in PostgreSQL.

Every ticket can be replayed: it is a copy of one that went its way by real acts, moved in time.
"""

import random
from datetime import UTC, datetime

from sqlalchemy import text

from agent_api.auth import service as auth
from agent_api.auth.service import NewStaff
from agent_api.db import Database
from agent_api.demo.places import PASSWORD
from agent_api.demo.subscribers import COUNT
from agent_api.tickets.models import TicketEvent, TicketRow
from tests.component.agent_api.harness import NOW, cheap_passwords

TICKETS = 100_000
OPEN_SHARE = 0.08
CENTERS = ("js", "js-nj")
"""All work lies at one province and one city: nobody's list is short because others have their share."""
CREW = (
    # of ten people: roles, centre
    *((("agent",), "js"),) * 5,
    *((("complaint_handler", "dispatcher"), "js"),) * 2,
    *((("city_receiver", "city_handler"), "js-nj"),) * 2,
    (("team_leader", "supervisor"), "js"),
)
_PATTERNS = """
    SELECT ticket_no, closed_at IS NULL FROM ticket t WHERE type = 'complaint' AND center_id = 'js' AND NOT EXISTS
    (SELECT FROM ticket_event e WHERE e.ticket_no = t.ticket_no AND e.act LIKE '%suspen%')
"""
"""Without suspensions: their last day stands in words, and would come before the day they are asked for."""
_TIMES = ("created_at", "updated_at", "closed_at", "yellow_at", "due_at", "legal_due_at")


def agent_no(place: int) -> str:
    return f"6{place:03}"


def roles_of(place: int) -> tuple[str, ...]:
    return CREW[place % len(CREW)][0]


def customer_id(dice: random.Random) -> str:
    return f"C{dice.randint(1, COUNT):06}"


async def fill(url: str, people: int) -> None:
    db = Database(url)
    password_hash = cheap_passwords().hash(PASSWORD)
    async with db.write() as session:
        for place in range(people):
            roles, center = CREW[place % len(CREW)]
            person = NewStaff(agent_no(place), f"座席{place}", center, roles, (), ())
            await auth.create_staff(session, person, password_hash, NOW)
        patterns: dict[bool, list[str]] = {True: [], False: []}
        for number, still_open in await session.execute(text(_PATTERNS)):
            patterns[still_open].append(number)
        for still_open, share in ((True, OPEN_SHARE), (False, 1 - OPEN_SHARE)):
            for place, pattern in enumerate(patterns[still_open]):
                count = round(TICKETS * share / len(patterns[still_open]))
                prefix = f"TS{'O' if still_open else 'C'}{place}"
                minutes = 0.1 if still_open else 0.9
                values = {"pattern": pattern, "prefix": prefix, "count": count, "minutes": minutes}
                values["later"] = datetime.now(UTC) - NOW
                await session.execute(text(_copies()), values)
                await session.execute(text(_copies_of_events()), values)
    async with db.write() as session:
        await session.execute(text("ANALYZE"))
    await db.close()


def _moved(column: str) -> str:
    return f"t.{column} + :later - i * :minutes * interval '1 minute'"


_NUMBER = ":prefix || lpad(CAST(i AS text), 8, '0')"
_COPIES = "CROSS JOIN generate_series(1, CAST(:count AS int)) AS i WHERE t.ticket_no = :pattern"


def _copies() -> str:
    own = {
        "ticket_no": _NUMBER,
        "source": "NULL",
        "customer_id": f"'C' || lpad(CAST(1 + i % {COUNT} AS text), 6, '0')",
        "contact_number": "'139' || lpad(CAST(i AS text), 8, '0')",
        "title": "t.title || ' ' || i",
        **{column: _moved(column) for column in _TIMES},
        "attention_at": "CASE WHEN t.attention_at IS NOT NULL THEN now() + i * interval '6 seconds' END",
    }
    # A warning comes up every second or so, as on any day; not thousands when the process starts.
    columns = [column.key for column in TicketRow.__table__.columns]
    values = ", ".join(own.get(column, f"t.{column}") for column in columns)
    return f"INSERT INTO ticket ({', '.join(columns)}) SELECT {values} FROM ticket t {_COPIES}"


def _copies_of_events() -> str:
    own = {"ticket_no": _NUMBER, "at": _moved("at")}
    columns = [column.key for column in TicketEvent.__table__.columns]
    values = ", ".join(own.get(column, f"t.{column}") for column in columns)
    return f"INSERT INTO ticket_event ({', '.join(columns)}) SELECT {values} FROM ticket_event t {_COPIES}"
