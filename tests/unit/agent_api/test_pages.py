"""Pages of a fax: width, compression, number and what becomes of too much text. Needs a font for Chinese."""

import io
from pathlib import Path

import pytest
from PIL import Image

from agent_api.errors import Unavailable
from agent_api.messages import fax_documents
from agent_api.messages.outgoing import Document
from agent_api.messages.pages import HEIGHT, MOST_PAGES, WIDTH, PageMaker
from agent_api.messages.settings import MessageSettings

pytestmark = pytest.mark.unit

MAKER = PageMaker(MessageSettings().fonts)


def pages(tiff: bytes) -> Image.Image:
    return Image.open(io.BytesIO(tiff), formats=["TIFF"])


def ink(image: Image.Image) -> int:
    return image.convert("L").histogram()[0]


def test_a_page_is_what_a_fax_machine_takes() -> None:
    with pages(MAKER.of_text("资费表", "畅享99套餐，每月99元。")) as page:
        assert page.n_frames == 1  # type: ignore[attr-defined]
        assert (page.size, page.mode) == ((WIDTH, HEIGHT), "1")
        assert page.info["compression"] == "group4"
        assert page.info["dpi"] == (204, 196)
        assert ink(page) > 2000, "there is something to read"


def test_more_text_is_more_ink_and_more_pages_but_never_more_than_five() -> None:
    with pages(MAKER.of_text("清单", "一行\n" * 60)) as two, pages(MAKER.of_text("清单", "一行\n" * 1000)) as most:
        assert (two.n_frames, most.n_frames) == (2, MOST_PAGES)  # type: ignore[attr-defined]


def test_a_long_line_is_wrapped_and_a_wide_cell_cut() -> None:
    with pages(MAKER.of_text("长", "话" * 200)) as wrapped:
        margin = wrapped.crop((WIDTH - 100, 0, WIDTH, HEIGHT))
        assert ink(margin) == 0
    rows = (("2026-10", "套餐月费" * 30, "99.00"),)
    with pages(MAKER.of_document(Document("清单", ("月份", "项目", "金额"), rows))) as table:
        assert ink(table.crop((WIDTH - 100, 0, WIDTH, HEIGHT))) == 0


def test_without_a_font_it_says_so() -> None:
    with pytest.raises(Unavailable):
        PageMaker(()).of_text("a", "b")


@pytest.mark.parametrize("document", sorted(fax_documents.known()))
def test_every_document_of_the_menu_is_rendered_once(document: str, tmp_path: Path) -> None:
    folder = tmp_path / "fax"
    path = fax_documents.pages_of(document, folder, MAKER)
    assert path is not None
    assert path.is_absolute()
    assert path.stat().st_mode & 0o777 == 0o644
    made = path.stat().st_mtime_ns
    assert fax_documents.pages_of(document, folder, MAKER) == path
    assert path.stat().st_mtime_ns == made
    with pages(path.read_bytes()) as page:
        assert 1 <= page.n_frames <= MOST_PAGES  # type: ignore[attr-defined]


def test_there_is_no_other_document(tmp_path: Path) -> None:
    assert fax_documents.pages_of("../secrets", tmp_path, MAKER) is None
