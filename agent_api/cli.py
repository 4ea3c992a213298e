"""Commands of this process: run, migrate, demo data, accounts, rebuild. Each is a few lines around a service."""

import asyncio
import gc
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
import uvicorn
from pydantic import ValidationError

from agent_api import effects, logs, schema
from agent_api.app import create_app
from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.passwords import Passwords
from agent_api.auth.roles import ROLES
from agent_api.auth.service import NewStaff
from agent_api.callbacks import service as callbacks
from agent_api.calls import service as calls
from agent_api.channels import service as channels
from agent_api.codes import message_of
from agent_api.customer_import.models import CustomerImport
from agent_api.db import Database
from agent_api.demo.traffic import PLANNED_DAYS
from agent_api.errors import DeskError
from agent_api.eventlog import service as eventlog
from agent_api.exchange import service as exchange
from agent_api.messages import service as messages
from agent_api.settings import Settings, load_settings
from agent_api.tickets import attachments

app = typer.Typer(help="The desk's server: tickets, customers, figures.", no_args_is_help=True)
stats = typer.Typer(help="Figures.", no_args_is_help=True)
app.add_typer(stats, name="stats")
T = TypeVar("T")


def _settings() -> Settings:
    try:
        return load_settings()
    except ValidationError as error:
        for problem in error.errors(include_input=False, include_url=False):
            name = "DESK_" + "__".join(str(part) for part in problem["loc"]).upper()
            typer.echo(f"{name}: {problem['msg']}", err=True)
        raise typer.Exit(2) from None


def _with_database(work: Callable[[Database], Awaitable[T]]) -> T:
    async def run() -> T:
        db = Database(_settings().database_url)
        try:
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(run())


@app.command()
def run(check: Annotated[bool, typer.Option(help="Only check the settings.")] = False) -> None:
    """Serve the desk and its API until told to stop."""
    settings = _settings()
    typer.echo(settings.model_dump_json(indent=2), err=True)
    if check:
        return
    if not _with_database(schema.is_current):
        typer.echo("The database has not the present schema: run `hotline desk migrate` first.", err=True)
        raise typer.Exit(3)
    logs.configure(settings.log_level)
    served = create_app(settings)
    # What was made for the start stays, and calls leave little garbage: no need to look for it all the time.
    gc.freeze()
    gc.set_threshold(10_000)
    uvicorn.run(
        served,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_max_size=4096,
        server_header=False,
        timeout_keep_alive=75,  # seconds: desks ask again within a minute, and no request meets a closing connection
        timeout_graceful_shutdown=5,
    )


@app.command()
def migrate() -> None:
    """Bring the database to the present schema."""
    _with_database(schema.migrate)


@app.command("seed-demo")
def seed_demo(
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The demo's today.")] = None,
    days: Annotated[int, typer.Option(min=1, max=60, help="How many days of past calls.")] = PLANNED_DAYS,
) -> None:
    """Fill the database with demo data. Does nothing the second time."""
    from agent_api.demo import seed, what_to_try

    settings = _settings()
    now = datetime.now(UTC)
    day = today.date() if today else now.astimezone(settings.zone).date()
    done = _with_database(
        lambda db: seed.seed(db, Passwords(), day, now, settings.zone, _progress, days, settings.attachments_folder)
    )
    typer.echo(json.dumps(done, ensure_ascii=False))
    for line in _with_database(what_to_try.lines) if done else ():
        _progress(line)


def _progress(text: str) -> None:
    typer.echo(text, err=True)


@app.command("sip-accounts")
def sip_accounts() -> None:
    """Telephone accounts of all agents as JSON, for Asterisk's configuration. Holds secrets."""

    async def read(db: Database) -> list[dict[str, str]]:
        async with db.read() as session:
            return [
                {
                    "number": staff.agent_no,
                    "name": staff.name,
                    "phone_password": staff.phone_password,
                    "browser_password": staff.browser_password,
                }
                for staff in await auth.all_staff(session)
                if not staff.disabled
            ]

    typer.echo(json.dumps(_with_database(read), ensure_ascii=False))


@app.command("create-agent")
def create_agent(
    agent_no: Annotated[str, typer.Argument(help="4 to 6 digits.")],
    name: str,
    center: Annotated[str, typer.Option(help="Id of the centre.")],
    role: Annotated[list[str], typer.Option(help="May be given more than once.")],
    queue: Annotated[list[str] | None, typer.Option()] = None,
    skill: Annotated[list[str] | None, typer.Option(help="name:level, level 1 to 9.")] = None,
    mobile: Annotated[str, typer.Option(help="Of a customer manager: rung outside the house.")] = "",
) -> None:
    """Create an account; the password is read from standard input."""
    unknown = [each for each in role if each not in ROLES]
    if unknown or not agent_no.isdecimal() or not 4 <= len(agent_no) <= 6:
        typer.echo(f"unknown role {unknown}" if unknown else "the number must be 4 to 6 digits", err=True)
        raise typer.Exit(2)
    skills = tuple((part.split(":")[0], int(part.split(":")[1])) for part in skill or [])
    new = NewStaff(agent_no, name, center, tuple(role), tuple(queue or []), skills, mobile=mobile)
    password_hash = Passwords().hash(sys.stdin.readline().rstrip("\n"))

    async def create(db: Database) -> bool:
        async with db.write() as session:
            return await auth.create_staff(session, new, password_hash, datetime.now(UTC), initial=True)

    if not _with_database(create):
        typer.echo("this number exists already", err=True)
        raise typer.Exit(1)


@app.command()
def purge() -> None:
    """Forget raw events, callers' numbers and recordings of tickets that are older than the retention setting."""
    settings = _settings()
    oldest = datetime.now(UTC) - settings.retention

    async def forget(db: Database) -> None:
        async with db.write() as session:
            await eventlog.forget_before(session, oldest)
            await calls.forget_numbers_before(session, oldest)
            await callbacks.forget_numbers_before(session, oldest)
            await attachments.forget_before(session, oldest, settings.attachments_folder)
            await messages.forget_before(session, oldest)
            await channels.forget_before(session, oldest, settings.attachments_folder / "contacts")
            await exchange.forget_before(session, oldest)

    _with_database(forget)


@app.command("import-customers")
def import_customers(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or XLSX.")],
    agent: Annotated[str, typer.Option(help="Number of who does it; the audit log names it.")],
    dry_run: Annotated[bool, typer.Option(help="Only check the rows.")] = False,
    errors: Annotated[Path | None, typer.Option(help="Where to put the rows that were wrong, as CSV.")] = None,
) -> None:
    """Load customers from a table; the rows that are wrong are left out, and told."""
    from agent_api.customer_import.service import ImportDesk
    from agent_api.customer_import.sheet import error_sheet

    async def load(db: Database) -> CustomerImport:
        async with db.read() as session:
            who = await auth.principal(session, agent)
        return await ImportDesk(db, lambda: datetime.now(UTC)).run(file.name, file.read_bytes(), dry_run, who)

    try:
        done = _with_database(load)
    except DeskError as refused:
        typer.echo(f"{message_of(refused.code)} {refused.detail or ''}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{done.rows} rows: {done.created} new, {done.changed} changed, {done.same} as they were")
    if done.errors and errors is not None:
        errors.write_bytes(error_sheet(done.header, done.errors))
    for each in done.errors[:20]:
        typer.echo(f"row {each['row']}: {'; '.join(each['reasons'])}", err=True)
    if done.state != "done" or done.errors:
        raise typer.Exit(3)


@app.command("check-audit")
def check_audit() -> None:
    """Whether the audit log's chain is whole."""

    async def first_break(db: Database) -> int | None:
        async with db.read() as session:
            return await audit.first_break_in_log(session)

    broken = _with_database(first_break)
    if broken is not None:
        typer.echo(f"entry {broken} was changed, or the one before it is gone", err=True)
        raise typer.Exit(1)


@stats.command("rebuild")
def rebuild() -> None:
    """Derive calls and agents' times again from the stored events."""

    async def work(db: Database) -> tuple[int, int]:
        async with db.write() as session:
            return await effects.rebuild(session)

    call_count, state_count = _with_database(work)
    typer.echo(f"{call_count} calls and {state_count} changes of agents' states", err=True)
