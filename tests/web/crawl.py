"""Every page, export and feed that can be reached by links, as a browser without a script would."""

from __future__ import annotations

import io
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from lxml import html

MOST_PAGES = 600
_HOST = "http://localhost"
_AS_PUBLISHED = ("/original", ".webp")
_LINKS = ("//@href", "//@src", "//option/@value")


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its address, type and all text in it (a workbook's unpacked)."""

    path: str
    status: int
    mimetype: str
    text: str

    @property
    def is_page(self) -> bool:
        return self.mimetype == "text/html"


def crawl(client: FlaskClient, seeds: Iterable[str]) -> Iterator[Fetched]:
    """Fetch the seeds and whatever they lead to on this site, each address once.

    From one question to the next of its kind (a filter, a sort) no link is followed.
    """
    waiting = deque((seed, "") for seed in seeds)
    seen: set[str] = set()
    while waiting:
        link, source = waiting.popleft()
        path = link.partition("#")[0]
        bare = urlsplit(path).path
        is_refined = "?" in path and bare == urlsplit(source).path
        if path in seen or is_refined or bare.endswith(_AS_PUBLISHED):
            continue
        seen.add(path)
        assert len(seen) < MOST_PAGES, "links without end"
        fetched = _fetch(client, path)
        yield fetched
        if fetched.is_page and fetched.text:
            waiting.extend((link, path) for link in _links(fetched))


def _fetch(client: FlaskClient, path: str) -> Fetched:
    with client.get(path, follow_redirects=True) as response:
        data = response.data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"\n".join(packed.read(name) for name in packed.namelist())
    return Fetched(path, response.status_code, response.mimetype, data.decode("utf-8"))


def _links(fetched: Fetched) -> Iterator[str]:
    document = html.fromstring(fetched.text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for expression in _LINKS:
        for link in document.xpath(expression):
            target = urljoin(_HOST + fetched.path, str(link).strip())
            if target.startswith(_HOST + "/"):
                yield target.removeprefix(_HOST)
