"""A corrected disclosure supersedes the old one, whose links still open."""

from __future__ import annotations

from pathlib import Path

from app import create_app
from archive.addresses import document_path, table_path
from archive.archive import Archive
from indexer.pipeline import ingest

SAMPLE = Path(__file__).parents[2] / "samples" / "files" / "putuo-sample-2023-final-accounts.txt"


def test_the_old_version_stays_reachable_and_points_at_the_new(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    text = SAMPLE.read_text(encoding="utf-8")
    (folder / "a.txt").write_text(text, encoding="utf-8")
    corrected = text.replace("2024年9月10日", "2024年11月1日").replace("353.50", "353.51")
    (folder / "b.txt").write_text(corrected, encoding="utf-8")
    with Archive.open(tmp_path / "archive") as archive:
        assert ingest(archive, [folder], workers=1).added == 2
        (new,) = archive.store.documents()
        assert new.published_on == "2024-11-01"
        old = next(version for version in archive.store.versions(new.id) if version != new)
        client = create_app(archive).test_client()
        page = client.get(table_path(old, "表2"))
        assert page.status_code == 200
        assert "这是较早的版本" in page.text
        assert document_path(new) in page.text
        assert "353.50" in page.text
        assert "这是较早的版本" not in client.get(table_path(new, "表2")).text
        assert document_path(old) in client.get(document_path(new)).text
        hits = client.get("/search.json?q=控制性详细规划编制").json
        assert hits is not None
        assert hits["hits"][0]["document"]["id"] == new.id
