"""The dictionary of labels: row labels, projects of rows, names of projects.

A label's id is its place in the order of first appearance, so that archives of the same
files number their labels alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from archive.fold import FOLDING, fold
from archive.model import Disclosure
from archive.store import facts
from archive.store.bulk import batches, insert, next_key

FOLDED_BY = "labels_folding"
"""The fact that names the version of the folding that the labels were folded by."""


def labels_of(disclosure: Disclosure) -> list[str]:
    """Every label of a disclosure once, in printed order."""
    texts: list[str] = []
    for table in disclosure.tables:
        for row in table.rows:
            texts.append(row.label)
            if row.project is not None:
                texts.append(row.project)
    texts += [project.name for project in disclosure.projects]
    return list(dict.fromkeys(texts))


def write_labels(db: Database, texts: Sequence[str]) -> dict[str, int]:
    """The id of each text; those not yet in the dictionary are added in order."""
    known = _known(db, texts)
    new = [text for text in texts if text not in known]
    added = {text: identifier for identifier, text in enumerate(new, next_key(db, "labels", "id"))}
    insert(
        db,
        "labels",
        ("id", "text", "folded"),
        ((identifier, text, fold(text)) for text, identifier in added.items()),
    )
    return known | added


def labels_used_by(db: Database, document_id: str) -> list[int]:
    """The ids of all labels that the document uses as it is held now."""
    sql = """
        SELECT label_id FROM rows JOIN tables ON tables.key = rows.table_key
         WHERE tables.document_id = :id
        UNION
        SELECT project_id FROM rows JOIN tables ON tables.key = rows.table_key
         WHERE tables.document_id = :id AND project_id IS NOT NULL
        UNION
        SELECT label_id FROM projects WHERE document_id = :id
    """
    return [identifier for (identifier,) in db.execute(sql, {"id": document_id})]


def drop_unused_labels(db: Database, ids: Sequence[int]) -> None:
    """Forget those of the labels that nothing uses any more."""
    for placeholders, some in batches(ids):
        sql = f"""
            DELETE FROM labels WHERE id IN ({placeholders})
               AND NOT EXISTS (SELECT 1 FROM rows WHERE label_id = labels.id)
               AND NOT EXISTS (SELECT 1 FROM rows WHERE project_id = labels.id)
               AND NOT EXISTS (SELECT 1 FROM projects WHERE label_id = labels.id)
        """  # noqa: S608
        db.execute(sql, some)


def is_stale(db: Database) -> bool:
    """Whether the labels were folded by another version of the folding, or by who knows which."""
    return facts.read(db, FOLDED_BY) != str(FOLDING)


def refold(db: Database) -> None:
    """Fold anew what another version of the folding has folded; within a transaction."""
    labels = db.execute("SELECT id, text, folded FROM labels").fetchall()
    folded = ((fold(text), id_, old) for id_, text, old in labels)
    stale = [(new, id_) for new, id_, old in folded if new != old]
    db.conn.executemany("UPDATE labels SET folded = ? WHERE id = ?", stale)
    facts.write(db, FOLDED_BY, str(FOLDING))


def _known(db: Database, texts: Sequence[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for placeholders, some in batches(texts):
        sql = f"SELECT text, id FROM labels WHERE text IN ({placeholders})"  # noqa: S608
        known.update(db.execute(sql, some).fetchall())
    return known
