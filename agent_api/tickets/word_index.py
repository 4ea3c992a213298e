"""Part of a word in titles and numbers of tickets: on PostgreSQL found by an index of pairs of letters.

Pairs, and not the trigrams of pg_trgm: Chinese words have two letters, in the C locale that extension knows no Chinese
letters at all, and no extension has to be allowed. SQLite reads the table.
"""

from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Text, and_, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from agent_api.tickets.models import TicketRow

NAME = "ix_ticket_words"
"""Made by the migration, on PostgreSQL only: models do not know it."""


class _MayHold(FunctionElement[bool]):
    inherit_cache = True
    type = Boolean()


@compiles(_MayHold, "postgresql")
def _by_index(element: _MayHold, compiler: SQLCompiler, **options: Any) -> str:
    title, number, external, pairs = (compiler.process(each, **options) for each in element.clauses)
    return f"ticket_words({title}, {number}, {external}) @> CAST({pairs} AS text[])"


@compiles(_MayHold)
def _by_reading(_element: _MayHold, _compiler: SQLCompiler, **_options: Any) -> str:
    return "1 = 1"


def narrowed(text: str, exact: ColumnElement[bool]) -> ColumnElement[bool]:
    """`exact` says where the text must stand, in title, number or external id; this finds few to look at."""
    pairs = sorted({text[place : place + 2] for place in range(len(text) - 1)})
    if not pairs:
        return exact
    listed = bindparam("pairs", pairs, type_=ARRAY(Text), unique=True)
    return and_(_MayHold(TicketRow.title, TicketRow.ticket_no, TicketRow.external_id, listed), exact)
