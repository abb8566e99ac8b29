"""The archive that the running application serves."""

from __future__ import annotations

from flask import Flask, abort, current_app, redirect, request
from werkzeug.wrappers import Response

from archive.addresses import document_id, document_slug
from archive.archive import Archive
from archive.model import Document

_KEY = "mingxi_archive"


def install(app: Flask, archive: Archive) -> None:
    """Make ``archive`` the one that ``app`` serves."""
    app.extensions[_KEY] = archive


def archive() -> Archive:
    """The archive of the application that handles this request."""
    opened = current_app.extensions[_KEY]
    assert isinstance(opened, Archive)
    return opened


def document_or_404(slug: str) -> Document:
    """The disclosure that a slug names by its last part."""
    identifier = document_id(slug)
    document = archive().store.document(identifier) if identifier else None
    if document is None:
        abort(404, "档案里没有这份公开文件。链接可能不完整，请用机构名称和年度搜索。")
    return document


def redirected_to_canonical(slug: str, document: Document) -> Response | None:
    """A redirect when the readable part of the address is out of date, else ``None``."""
    canonical = document_slug(document)
    if slug == canonical:
        return None
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return redirect(request.path.replace(slug, canonical, 1) + query, 308)
