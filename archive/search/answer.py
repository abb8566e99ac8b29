"""All that one query finds, by kind: disclosures, figures of rows, projects, policies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from typing import Literal

import numpy as np

from archive.engine import Engine
from archive.policies.records import Register
from archive.query import Parsed
from archive.query.tree import Field, Or, Query, wanted, wanted_texts
from archive.search import ResultPage, search
from archive.search.facets import Facet, estimated, facets_by
from archive.search.rows import RowResult, find_rows, has_words
from archive.store import Store
from archive.store.columns import Columns
from archive.store.policies import Policies
from archive.store.policy_texts import PolicyTexts

MOST_ALTERNATIVES = 10

Tab = Literal["all", "documents", "rows", "projects", "policies"]
TABS: dict[Tab, str] = {
    "all": "全部",
    "documents": "文档",
    "rows": "表格行",
    "projects": "项目",
    "policies": "政策文号",
}


@dataclass(frozen=True)
class Answer:
    """What a query finds; each kind is looked for when it is first asked for.

    ``page`` holds the disclosures ``offset`` to ``offset + limit``.
    """

    store: Store
    engine: Engine
    page: ResultPage

    @property
    def parsed(self) -> Parsed:
        """How the query was read."""
        return self.page.parsed

    @cached_property
    def rows(self) -> RowResult:
        """The figures, those of chapters' projects among them."""
        return find_rows(self.store, self.engine, self.parsed.query)

    @cached_property
    def projects(self) -> RowResult:
        """The figures of projects whose names have the words."""
        if not has_words(self.parsed.query):  # the names of projects rule nothing out
            return self.rows.of_projects()
        return find_rows(self.store, self.engine, self.parsed.query, projects_only=True)

    def policies(self, limit: int, offset: int = 0) -> Register:
        """The policies whose number or title has the words, most relied on first."""
        some = [
            _texts_by(self.store.columns())(self.store).normals[number]
            for number in self._policies[offset : offset + limit]
        ]
        held = Policies(self.store.db).policies(some) if some else {}
        found = tuple(held[normal] for normal in some if normal in held)
        return Register(len(self._policies), found)

    @cached_property
    def _policies(self) -> list[int]:
        """The places of these policies among those of the texts."""
        query, texts = self.parsed.query, _texts_by(self.store.columns())(self.store)
        alternatives = query.parts if isinstance(query, Or) else (query,)
        asked = dict.fromkeys(filter(None, map(_policy_text, alternatives)))
        holding = map(texts.holding, list(asked)[:MOST_ALTERNATIVES])
        none = np.zeros(len(texts.normals), np.bool_)
        found: list[int] = np.flatnonzero(reduce(np.logical_or, holding, none)).tolist()
        return found

    @cached_property
    def totals(self) -> dict[Tab, int]:
        """How many there are behind each tab; all is told by its disclosures."""
        return {
            "all": self.page.total,
            "documents": self.page.total,
            "rows": self.rows.total,
            "projects": self.projects.total,
            "policies": self.policies(0).total,
        }

    def facets(self, tab: Tab) -> tuple[Facet, ...]:
        """How what is behind the tab divides."""
        columns = self.store.columns()
        if tab == "policies":
            return ()
        if tab == "rows":
            return facets_by(columns).of_rows(self.rows)
        if tab == "projects":
            return facets_by(columns).of_rows(self.projects)
        facets = facets_by(columns).of_documents(self.page.ids)
        if self.page.total_is_exact:
            return facets
        return estimated(facets, self.page.total / len(self.page.ids))

    def narrowed(self, condition: str) -> str:
        """The query with one more condition."""
        text = self.parsed.text.strip()
        return (
            f"({text}) {condition}" if isinstance(self.parsed.query, Or) else f"{text} {condition}"
        )


@lru_cache(maxsize=1)
def _texts_by(_: Columns) -> Callable[[Store], PolicyTexts]:
    """What gives the texts of policies, for as long as the archive holds what it holds now."""
    return lru_cache(maxsize=1)(lambda store: PolicyTexts(store.db))


def _policy_text(query: Query) -> str:
    """The words and numbers that a policy's number or title must have."""
    numbers = (
        leaf.value for leaf in wanted(query) if isinstance(leaf, Field) and leaf.name == "doc_no"
    )
    return " ".join((*wanted_texts(query), *numbers))


def answer(store: Store, engine: Engine, text: str, *, limit: int = 10, offset: int = 0) -> Answer:
    """The answer to a query in the language of :mod:`archive.query`; no text is an error."""
    return Answer(store, engine, search(store, engine, text, limit=limit, offset=offset))
