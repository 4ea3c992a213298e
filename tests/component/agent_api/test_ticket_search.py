"""Word search of tickets: the same tickets on both databases, on PostgreSQL by the index of pairs of letters."""

import pytest
from sqlalchemy import select, text

from agent_api.tickets import word_index
from agent_api.tickets.models import TicketRow
from agent_api.tickets.searching import TicketFilter, search
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component


async def test_a_part_of_a_title_or_the_start_of_a_number_finds_a_ticket(desk: Desk) -> None:
    async with desk.context.db.read() as session:
        every = (await session.scalars(select(TicketRow))).all()
        a, b = every[0], next(each for each in every if each.title != every[0].title)
        for words in (
            a.title,
            a.title[1:3],
            a.title[2],
            a.ticket_no,
            a.ticket_no[:10],
            b.title[-2:],
            "没有这样的",
            "%",
        ):
            found, total = await search(session, TicketFilter(text=words), 500, 0)
            wanted = {
                each.ticket_no
                for each in every
                if words in each.title or each.ticket_no.startswith(words) or each.external_id.startswith(words)
            }
            assert ({each.ticket_no for each in found}, total) == (wanted, len(wanted)), words


async def test_a_word_is_looked_up_not_searched_for(desk: Desk) -> None:
    exact = TicketRow.title.contains("多收费")
    query = select(TicketRow.ticket_no).where(word_index.narrowed("多收费", exact))
    async with desk.context.db.read() as session:
        if (bind := session.get_bind()).dialect.name != "postgresql":
            pytest.skip("SQLite reads the table")
        await session.execute(text("SET LOCAL enable_seqscan = off"))  # a table this small is read faster
        asked = query.compile(bind, compile_kwargs={"literal_binds": True})
        plan = "\n".join(await session.scalars(text(f"EXPLAIN {asked}".replace(":", r"\:"))))
    assert f"Bitmap Index Scan on {word_index.NAME}" in plan
