"""What the word search of tickets looks up: pairs of letters, in an index of PostgreSQL. SQLite reads the table."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

FUNCTION = """
    CREATE FUNCTION ticket_words(title text, ticket_no text, external_id text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT substr(word, place, 2)), '{}')
        FROM unnest(ARRAY[$1, $2, $3]) AS word, generate_series(1, length(word) - 1) AS place
    $$
"""
# Every act on a ticket writes into the index: what waits there to be sorted in is read by every search.
INDEX = """
    CREATE INDEX ix_ticket_words ON ticket USING gin (ticket_words(title, ticket_no, external_id))
    WITH (gin_pending_list_limit = 256)
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(FUNCTION)
        op.execute(INDEX)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_ticket_words")
        op.execute("DROP FUNCTION ticket_words(text, text, text)")
