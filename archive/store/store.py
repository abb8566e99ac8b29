"""The store as the rest of the project sees it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from sqlite_utils import Database

from archive.errors import ArchiveError, NotFound
from archive.model import (
    CheckCount,
    Citation,
    Disclosure,
    Document,
    Finding,
    Indicator,
    Project,
    Section,
    Table,
)
from archive.store import aliases, facts, findings, listings, masking, reading, tallies, writing
from archive.store.aliases import Alias
from archive.store.columns import Columns, ColumnsOfStore
from archive.store.connection import Connections, snapshot
from archive.store.connection import writing as transaction
from archive.store.findings import Facets, FindingPage, Wanted
from archive.store.integrity import integrity_problems
from archive.store.listings import Listed
from archive.store.records import Failure, Original, Overview, Put
from archive.store.series import series_of, versions_in

FILE_NAME = "archive.sqlite3"


class UnstorableRecords(ArchiveError):
    """Two tables of one id, an amount past 64 bits, half a surrogate: a stage's defect."""


class Store:
    """All disclosures of an archive.

    May be shared by threads: each gets a connection of its own.  Ids are document ids;
    where one is unknown, collections are empty and single records ``None``, except where
    :class:`NotFound` is named.
    """

    def __init__(self, path: Path) -> None:
        self._connections = Connections(path)
        self._columns = ColumnsOfStore(lambda: self.db)
        self.db.conn.execute("SELECT 1")

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the store in an archive's folder, made and brought up to date where needed.

        Raises :class:`archive.errors.StoreDamaged` when there is one that cannot be used.
        """
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder / FILE_NAME)

    def close(self) -> None:
        """Close the connections of all threads."""
        self._connections.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def db(self) -> Database:
        """The calling thread's connection, for the modules of this package."""
        return self._connections.current()

    def snapshot(self) -> AbstractContextManager[None]:
        """A block whose reads all see one state of the archive, whatever is ingested."""
        return snapshot(self.db)

    # Disclosures

    def put(self, disclosure: Disclosure, size: int, extractor: int) -> Put:
        """Write a disclosure, whole or not at all.

        ``size`` is that of the original in bytes, ``extractor`` the version of the stages
        that read it; the same document by the same version is left as it is.  Failures of
        the same file or the same bytes are forgotten.

        Raises :class:`UnstorableRecords`, and :class:`ArchiveError` when the disk is full.
        """
        document = disclosure.document
        held = self.extractor_of(document.sha256)
        if held == extractor:
            return "unchanged"
        namesake = self.document(document.id)
        if namesake is not None and namesake.sha256 != document.sha256:
            message = f"{document.source_name}：编号 {document.id} 已属于另一份文件"
            raise UnstorableRecords(f"{message}（{namesake.source_name}），请反馈给维护者。")
        try:
            with transaction(self.db):
                writing.write_disclosure(self.db, disclosure, size, extractor)
                writing.forget_failures(self.db, document.source_name, document.sha256)
        except (sqlite3.IntegrityError, OverflowError, UnicodeError) as error:
            message = f"{document.source_name}：提取出的记录无法存入档案（{error}）"
            raise UnstorableRecords(f"{message}，请反馈给维护者。") from error
        return "added" if held is None else "replaced"

    def extractor_of(self, sha256: str) -> int | None:
        """The version of the extractor whose records of these bytes the archive holds."""
        sql = "SELECT extractor FROM documents WHERE sha256 = ?"
        found = self.db.execute(sql, [sha256]).fetchone()
        return int(found[0]) if found else None

    def read_by_others(self, extractor: int) -> tuple[Original, ...]:
        """The originals whose records are of another extractor, in the order of ingest.

        Their names are as given, since what is read again is stored under them again.
        """
        sql = """
            SELECT sha256, source_name FROM main.documents
             WHERE extractor <> ? ORDER BY sequence
        """
        return tuple(Original(*found) for found in self.db.execute(sql, [extractor]))

    def document(self, id: str) -> Document | None:
        """A document's identity."""
        return reading.read_document(self.db, id)

    def documents(self, *, include_superseded: bool = False) -> list[Document]:
        """All documents by region and agency, newest year first."""
        return reading.read_documents(self.db, include_superseded=include_superseded)

    def listed(self, limit: int, offset: int = 0) -> Listed:
        """Some of all current disclosures by region and agency, newest year first; those that
        do not say come last."""
        with self.snapshot():
            return listings.listed(self.db, limit, offset)

    def offered(
        self, words: Sequence[str], beside: Sequence[Document], limit: int
    ) -> tuple[Document, ...]:
        """Current disclosures to choose from, see :func:`archive.store.listings.offered`."""
        with self.snapshot():
            return listings.offered(self.db, words, beside, limit)

    def agency_names(self) -> tuple[str, ...]:
        """The different names of agencies in current disclosures, sorted."""
        return listings.agency_names(self.db)

    def forms(self, id: str) -> dict[str, str]:
        """The forms that a document prints with amounts, each with the id of its first table."""
        return reading.read_forms(self.db, id)

    def document_ids(self) -> list[str]:
        """The ids of all documents, superseded ones too, in the order of ingest."""
        return [id_ for (id_,) in self.db.execute("SELECT id FROM documents ORDER BY sequence")]

    def sha256s(self) -> list[str]:
        """The SHA-256 of every original that the archive must hold, in the order of ingest."""
        return [sha for (sha,) in self.db.execute("SELECT sha256 FROM documents ORDER BY sequence")]

    def versions(self, id: str) -> list[Document]:
        """All versions of a document's disclosure, itself too, the current one first."""
        with self.snapshot():
            document = self.document(id)
            if document is None:
                return []
            series = series_of(document)
            if series is None:
                return [document]
            found = (self.document(version.id) for version in versions_in(self.db, series))
            return [version for version in found if version is not None]

    def superseded_by(self, id: str) -> str | None:
        """The current version of the disclosure, ``None`` where this is it."""
        found = self.db.execute("SELECT superseded_by FROM documents WHERE id = ?", [id]).fetchone()
        return found[0] if found else None

    def disclosure(self, id: str) -> Disclosure:
        """All that was read from a document; raises :class:`NotFound`."""
        with self.snapshot():
            found = reading.read_disclosure(self.db, id)
        if found is None:
            raise NotFound(f"档案中没有编号为 {id} 的公开文件。")
        return found

    def table(self, id: str, table_id: str) -> Table:
        """One table of a document; raises :class:`NotFound`."""
        with self.snapshot():
            found = reading.read_tables(self.db, id, table_id)
        if not found:
            raise NotFound(f"文件 {id} 中没有表“{table_id}”。")
        return found[0]

    def sections(self, id: str) -> tuple[Section, ...]:
        """The sections of a document in printed order."""
        return reading.read_sections(self.db, id)

    def tables(self, id: str) -> tuple[Table, ...]:
        """The tables of a document in printed order."""
        with self.snapshot():
            return reading.read_tables(self.db, id)

    def projects(self, id: str) -> tuple[Project, ...]:
        """The projects of a document in printed order."""
        return reading.read_projects(self.db, id)

    def indicators(self, id: str) -> tuple[Indicator, ...]:
        """The performance indicators of a document in printed order."""
        return reading.read_indicators(self.db, id)

    def citations(self, id: str) -> tuple[Citation, ...]:
        """The citations of a document in printed order."""
        return reading.read_citations(self.db, id)

    def findings(self, id: str) -> tuple[Finding, ...]:
        """The findings on a document in the order of the checks."""
        return findings.read_findings(self.db, id)

    def checks(self, id: str) -> tuple[CheckCount, ...]:
        """What each rule counted on a document."""
        return findings.read_checks(self.db, id)

    def find_findings(self, wanted: Wanted, *, limit: int, offset: int = 0) -> FindingPage:
        """Findings across the archive, the gravest and largest first."""
        with self.snapshot():
            return findings.find(self.db, wanted, limit=limit, offset=offset)

    def finding_facets(self, severities: Iterable[str] = ()) -> Facets:
        """What findings of these severities (of all by default) can be filtered by."""
        with self.snapshot():
            return findings.facets(self.db, tuple(severities))

    def column_paths(self, id: str) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The header texts above each column of a document's tables, by the table's id."""
        return findings.column_paths(self.db, id)

    def of_other_year(self, document: Document, years: int) -> str | None:
        """The current disclosure of the same agency and kind so many years later."""
        return findings.of_other_year(self.db, document, years)

    def put_findings(self, disclosures: Iterable[Disclosure]) -> None:
        """Write the findings and counts of these disclosures, in one transaction."""
        held = list(disclosures)
        with transaction(self.db), tallies.kept(self.db, [one.document.id for one in held]):
            for disclosure in held:
                findings.write_findings(self.db, disclosure)

    def problems(self, id: str) -> tuple[str, ...]:
        """What could not be read of a document, sentences in Chinese."""
        return reading.read_problems(self.db, id)

    def overview(self) -> Overview:
        """How much the archive holds."""
        with self.snapshot():
            return reading.read_overview(self.db)

    def columns(self) -> Columns:
        """All rows and figures side by side, of superseded versions too."""
        return self._columns.now()

    def edition(self) -> str:
        """A mark of the records and of how they are derived and masked: the same mark, the same
        contents, in any process and after any time."""
        seen = self._columns.state(), facts.all_of(self.db)
        return hashlib.sha256(repr(seen).encode()).hexdigest()

    # Failures

    def record_failure(self, failure: Failure) -> None:
        """Remember that a file could not be taken in, in the place of an earlier failure."""
        with transaction(self.db):
            writing.write_failure(self.db, failure)

    def clear_failure(self, source_name: str, sha256: str | None = None) -> None:
        """Forget the failure of that name, and those of the same bytes under other names."""
        with transaction(self.db):
            writing.forget_failures(self.db, source_name, sha256)

    def failures(self) -> list[Failure]:
        """All files that could not be taken in, by name."""
        return reading.read_failures(self.db)

    # What the index owes

    def owed(self) -> list[str]:
        """The ids of documents whose index entry is missing, stale or must go, sorted."""
        rows = self.db.execute("SELECT document_id FROM owed ORDER BY document_id")
        return [id_ for (id_,) in rows]

    def owe(self, ids: Iterable[str]) -> None:
        """Record that these documents must be indexed again."""
        with transaction(self.db):
            writing.owe(self.db, ids)

    def paid(self, ids: Iterable[str]) -> None:
        """Record that the index holds these documents as they are now."""
        with transaction(self.db):
            writing.pay(self.db, ids)

    # Facts about the archive as a whole

    def fact(self, name: str) -> str | None:
        """What was set under that name, ``None`` when nothing was."""
        return facts.read(self.db, name)

    def set_fact(self, name: str, value: str) -> None:
        """Remember a text under a name, in the place of an earlier one."""
        with transaction(self.db):
            facts.write(self.db, name, value)

    @property
    def masks_mobile_numbers(self) -> bool:
        """Whether mobile numbers are masked in what is read."""
        return masking.is_wanted(self.db)

    # The keeper's names of agencies

    def aliases(self) -> list[Alias]:
        """The keeper's own names of agencies."""
        return aliases.read_aliases(self.db)

    def set_alias(self, alias: str, canonical: str) -> int:
        """Keep an agency under another name; gives the number of documents that moved.

        Raises :class:`archive.store.aliases.UnfitAlias`.
        """
        with transaction(self.db):
            aliases.write_alias(self.db, alias, canonical)
            return writing.rename_agencies(self.db)

    def drop_alias(self, alias: str) -> int:
        """Forget an alias; gives the number of documents that moved back."""
        with transaction(self.db):
            aliases.forget_alias(self.db, alias)
            return writing.rename_agencies(self.db)

    # Health

    def integrity_problems(self) -> list[str]:
        """What SQLite itself finds wrong, sentences in Chinese; empty when all is well."""
        return integrity_problems(self.db)
