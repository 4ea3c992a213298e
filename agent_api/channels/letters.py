"""What people type in for customers: letters (a scan and a summary) and matters from the counter; letters in reply."""

from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

from fpdf import FPDF
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.channels import service
from agent_api.channels.arrivals import Arrived, ArrivedFile
from agent_api.channels.models import Interaction, InteractionReply
from agent_api.channels.registering import Registration, Registry
from agent_api.errors import Unavailable
from agent_api.tickets.words import Channel

MARGIN_MM, LINE_MM, SIZE = 25, 8, 12
COLLECTIONS = 3
"""Of a font file with several faces: the simplified Chinese one is the third in Noto's, the first in others."""


async def enter(
    session: AsyncSession,
    registry: Registry,
    arrived: Arrived,
    wanted: Registration | None,
    who: Principal,
    now: datetime,
) -> Interaction:
    """Taken in and, where the type is known already, registered in the same step."""
    row = await service.receive(session, arrived, now, registry.zone, who)
    registry.files.keep(session, row, arrived.files, now)
    await session.flush()
    if wanted is not None:
        await registry.register(session, row, wanted, who, now)
    return row


def typed_in(
    channel: Channel, subject: str, body: str, address: str, number: str, name: str, files: tuple[ArrivedFile, ...],
    now: datetime,
) -> Arrived:  # fmt: skip
    return Arrived(
        channel,
        f"hand:{uuid4()}",
        now,
        address=address,
        contact_number=number,
        name=name,
        subject=subject,
        body=body,
        files=files,
    )


def pdf(reply: InteractionReply, address: str, brand: str, day: str, fonts: tuple[Path, ...]) -> bytes:
    """A reply as a letter to print. Raises Unavailable when no Chinese font is there."""
    page = FPDF(format="A4")
    page.set_margin(MARGIN_MM)
    page.add_font("text", fname=str(_font(fonts)), collection_font_number=_face(_font(fonts)))
    page.set_title(reply.subject)
    page.add_page()
    page.set_font("text", size=SIZE + 4)
    page.cell(text=brand, new_x="LMARGIN", new_y="NEXT", h=LINE_MM * 2)
    page.set_font("text", size=SIZE)
    for paragraph in (address, "", reply.subject, "", *reply.text.splitlines(), ""):
        page.multi_cell(0, LINE_MM, paragraph or " ", new_x="LMARGIN", new_y="NEXT")
    page.cell(0, LINE_MM, brand, align="R", new_x="LMARGIN", new_y="NEXT")
    page.cell(0, LINE_MM, day, align="R")
    return bytes(page.output())


@cache
def _font(fonts: tuple[Path, ...]) -> Path:
    found = next((path for path in fonts if path.is_file()), None)
    if found is None:
        raise Unavailable("a font for letters")
    return found


def _face(font: Path) -> int:
    return COLLECTIONS - 1 if "Noto" in font.name else 0
