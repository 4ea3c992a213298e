"""`hotline exchange`: joins this installation to others. Each command is a few lines around a service."""

import asyncio
import re
import secrets
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer

from agent_api.auth import service as auth
from agent_api.db import Database
from agent_api.errors import NotFound, Refused
from agent_api.exchange import keys, service
from agent_api.exchange.models import Peer
from agent_api.settings import load_settings

app = typer.Typer(help="Tickets between installations.", no_args_is_help=True)
T = TypeVar("T")
SHORTEST_KEY = 32
KEY_WORDS = {
    "good": "",
    "due": "\tchange the key soon: hotline exchange offer-key",
    "too_old": "\tTHE KEY IS TOO OLD: hotline exchange offer-key",
}
NAME = r"[a-z0-9][a-z0-9-]{0,19}"


def _with_database(work: Callable[[Database], Awaitable[T]]) -> T:
    async def run() -> T:
        db = Database(load_settings().database_url)
        try:
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(run())


def _refuse(text: str) -> None:
    typer.echo(text, err=True)
    raise typer.Exit(2)


@app.command("name")
def name_installation(
    name: Annotated[str, typer.Argument(help="Lower case, digits and dashes; peers know us by it.")],
    number_code: Annotated[str, typer.Option(help="Two digits, different at every installation.")],
) -> None:
    """Name this installation. The code becomes part of every ticket and order number given out from now on."""
    if not re.fullmatch(NAME, name) or not re.fullmatch(r"[0-9]{2}", number_code):
        _refuse("the name has lower case letters, digits and dashes; the code has two digits")

    async def work(db: Database) -> None:
        async with db.write() as session:
            await auth.name_installation(session, name, number_code)

    _with_database(work)


@app.command("make-key")
def make_key() -> None:
    """A fresh key for one pair of installations, for `add-peer` on both sides."""
    typer.echo(secrets.token_urlsafe(48))


@app.command("add-peer")
def add_peer(
    peer: Annotated[str, typer.Argument(help="The name the other installation gave itself.")],
    url: Annotated[str, typer.Argument(help="Its address as seen from here, e.g. https://js.example.cn.")],
    center: Annotated[list[str], typer.Option(help="Centre it leads to; may be given more than once.")],
) -> None:
    """Exchange tickets with another installation. The shared key is read from standard input.

    Called again it changes address, key and centres.
    """
    key = sys.stdin.readline().strip()
    if len(key) < SHORTEST_KEY or not re.fullmatch(NAME, peer) or not re.match(r"https?://", url):
        _refuse(f"needs a name, an http(s) address and a key of at least {SHORTEST_KEY} characters")

    async def work(db: Database) -> None:
        async with db.write() as session:
            if await auth.installation(session) is None:
                _refuse("name this installation first: hotline exchange name")
            await service.join(session, peer, url, key, center, datetime.now(UTC))

    try:
        _with_database(work)
    except NotFound as error:
        _refuse(f"no such centre: {error.detail['id']}")


@app.command("offer-key")
def offer_key(peer: Annotated[str, typer.Argument(help="Name of the other installation.")]) -> None:
    """Take a new key in, from standard input, on both sides before `switch-key`: from now on either one is believed."""
    key = sys.stdin.readline().strip()
    if len(key) < SHORTEST_KEY:
        _refuse(f"needs a key of at least {SHORTEST_KEY} characters")
    _change_key(peer, lambda found: keys.offer(found, key))


@app.command("switch-key")
def switch_key(peer: Annotated[str, typer.Argument(help="Name of the other installation.")]) -> None:
    """Sign with the new key; the old one is still believed until `drop-key`."""
    _change_key(peer, lambda found: keys.switch(found, datetime.now(UTC)))


@app.command("drop-key")
def drop_key(peer: Annotated[str, typer.Argument(help="Name of the other installation.")]) -> None:
    """Believe the key in use alone, once both sides have switched."""
    _change_key(peer, keys.drop)


def _change_key(peer: str, change: Callable[[Peer], None]) -> None:
    async def work(db: Database) -> None:
        async with db.write() as session:
            change(await service.peer(session, peer))

    try:
        _with_database(work)
    except (NotFound, Refused) as error:
        _refuse(f"{peer}: {error.code}")


@app.command()
def peers() -> None:
    """Who we exchange with, and how it goes."""

    async def work(db: Database) -> list[str]:
        async with db.read() as session:
            waiting, dead = await service.waiting_per_peer(session), await service.dead_per_peer(session)
            places = (await auth.places(session)).values()
            return [
                f"{each.peer_id}\t{each.url}\tcentres {','.join(p.center_id for p in places if p.home == each.peer_id)}"
                f"\twaiting {waiting.get(each.peer_id, 0)}\tdead {dead.get(each.peer_id, 0)}\t{each.trouble}"
                + KEY_WORDS[keys.standing(each, datetime.now(UTC))]
                for each in await service.peers(session)
            ]

    for line in _with_database(work):
        typer.echo(line)
