"""Texts and tables as pages of a fax: TIFF, group 4, 1728 dots wide (what T.30 machines and res_fax take). Pure."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from agent_api.errors import Unavailable
from agent_api.messages.outgoing import Document

WIDTH, HEIGHT = 1728, 2287
"""A4 at 204 by 196 dots an inch."""
RESOLUTION = (204, 196)
MARGIN, LINE = 120, 58
TEXT_SIZE, TITLE_SIZE = 38, 56
MOST_PAGES = 5
LINES_A_PAGE = (HEIGHT - 2 * MARGIN) // LINE - 1

Font = ImageFont.FreeTypeFont


class PageMaker:
    def __init__(self, fonts: Sequence[Path]) -> None:
        self._fonts = fonts

    def of_text(self, title: str, text: str) -> bytes:
        """Raises Unavailable when no font is there."""
        font = self._font(TEXT_SIZE)
        lines = [line for paragraph in text.splitlines() for line in _wrapped(paragraph, font, WIDTH - 2 * MARGIN)]
        return self._tiff(title, lines, font)

    def of_document(self, document: Document, text: str = "") -> bytes:
        """The columns share the width; a cell that is too wide is cut."""
        font = self._font(TEXT_SIZE)
        above = [line for paragraph in text.splitlines() for line in _wrapped(paragraph, font, WIDTH - 2 * MARGIN)]
        rows = [list(document.columns), *map(list, document.rows)]
        return self._tiff(document.title, [*above, *([""] if above else []), *rows], font)

    def _tiff(self, title: str, lines: Sequence[str | list[str]], font: Font) -> bytes:
        title_font = self._font(TITLE_SIZE)
        pages = [
            self._page(f"{title}" if number == 1 else f"{title} ({number})", chunk, title_font, font)
            for number, chunk in enumerate(_chunks(lines), start=1)
        ]
        out = io.BytesIO()
        pages[0].save(
            out, "TIFF", compression="group4", dpi=RESOLUTION, save_all=True, append_images=pages[1:], resolution_unit=2
        )
        return out.getvalue()

    def _page(self, title: str, lines: Sequence[str | list[str]], title_font: Font, font: Font) -> Image.Image:
        page = Image.new("1", (WIDTH, HEIGHT), 1)
        draw = ImageDraw.Draw(page)
        draw.text((MARGIN, MARGIN), title, font=title_font, fill=0)
        for number, line in enumerate(lines):
            top = MARGIN + (number + 2) * LINE - LINE // 2
            cells = line if isinstance(line, list) else [line]
            width = (WIDTH - 2 * MARGIN) // len(cells)
            for column, cell in enumerate(cells):
                shown = cell if len(cells) == 1 else _fitting(cell, font, width - 20)
                draw.text((MARGIN + column * width, top), shown, font=font, fill=0)
        return page

    def _font(self, size: int) -> Font:
        for path in self._fonts:
            if path.is_file():
                return ImageFont.truetype(str(path), size)
        raise Unavailable("a font for faxes")


def _chunks(lines: Sequence[str | list[str]]) -> Iterator[Sequence[str | list[str]]]:
    """Pages; what does not fit the last one is said to be missing."""
    most = LINES_A_PAGE * MOST_PAGES
    if len(lines) > most:
        lines = [*lines[: most - 1], "……（内容过长，其余请致电索取）"]
    for start in range(0, max(len(lines), 1), LINES_A_PAGE):
        yield lines[start : start + LINES_A_PAGE]


def _wrapped(paragraph: str, font: Font, width: int) -> list[str]:
    lines, line = [], ""
    for character in paragraph:
        if font.getlength(line + character) > width:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def _fitting(text: str, font: Font, width: int) -> str:
    while text and font.getlength(text) > width:
        text = text[:-1]
    return text
