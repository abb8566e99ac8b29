"""Page images: drawn by a process that may die, kept within bounds; strips inside the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.errors import ArchiveError, NotFound
from archive.model import Box
from indexer import page_images
from indexer.page_clips import ABOVE, WIDE, area_around
from indexer.page_images import PageImages, PageSize

SAMPLES = Path(__file__).parents[2] / "samples" / "files"
PDF = SAMPLES / "changji-sample-2023-budget.pdf"
SHA = "ab" * 32


def test_sizes_are_those_of_the_pages_as_displayed(tmp_path: Path) -> None:
    images = PageImages(tmp_path)
    sizes = images.sizes(PDF, SHA)
    assert all(size.width > 500 and size.height > 500 for size in sizes)
    drawn = images.image(PDF, SHA, len(sizes))
    kept = json.loads((drawn.parent / "sizes.json").read_text("utf-8"))
    assert kept == [[size.width, size.height] for size in sizes]
    assert not list(tmp_path.glob(".part-*"))


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="没有第 400 页"):
        PageImages(tmp_path).image(PDF, SHA, 400)


def test_what_cannot_be_drawn_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing else")
    with pytest.raises(ArchiveError, match="第 1 页无法显示"):
        PageImages(tmp_path / "pages").image(broken, SHA, 1)
    assert not list((tmp_path / "pages").rglob("*.webp"))


def test_the_folder_is_kept_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    images = PageImages(tmp_path)
    first = images.image(PDF, SHA, 1)
    monkeypatch.setattr(page_images, "MOST_KEPT", first.stat().st_size + 10)
    second = images.image(PDF, SHA, 2)
    assert not first.exists()
    assert second.exists()


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((300.0, 400.0, 360.0, 412.0), (130.0, 400 - ABOVE, 130 + WIDE, 412 + ABOVE)),
        ((10.0, 5.0, 50.0, 15.0), (0.0, 0.0, WIDE, 15 + ABOVE)),
        ((560.0, 830.0, 590.0, 841.0), (595 - WIDE, 830 - ABOVE, 595.0, 842.0)),
        ((40.0, 400.0, 560.0, 412.0), (28.0, 400 - ABOVE, 572.0, 412 + ABOVE)),
        ((0.0, 400.0, 595.0, 412.0), (0.0, 400 - ABOVE, 595.0, 412 + ABOVE)),
    ],
)
def test_a_strip_stays_inside_its_page(box: Box, expected: Box) -> None:
    assert area_around(PageSize(595.0, 842.0), box) == pytest.approx(expected)
