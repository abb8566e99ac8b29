"""Document numbers in running text as links to their policies."""

from __future__ import annotations

from flask import current_app
from flask import g as of_request
from markupsafe import Markup, escape

from archive.citations import find
from archive.policies.records import Policy
from archive.store.policies import Policies
from web.current import archive


def has_number(text: str) -> bool:
    """Whether the text prints a document number that can be linked."""
    return _may_hold(text) and any(mention.normal for mention in find(text))


def cited(text: str) -> Markup:
    """The text as HTML, escaped, each document number a link to its policy with a hint.

    The printed form is kept to the character.
    """
    if not _may_hold(text):
        return escape(text)
    pieces: list[Markup] = []
    at = 0
    for mention in find(text):
        if mention.normal is None or mention.start < at:
            continue
        pieces.append(escape(text[at : mention.start]))
        pieces.append(_linked(mention.printed, mention.normal))
        at = mention.end
    pieces.append(escape(text[at:]))
    return Markup("").join(pieces)


def _linked(printed: str, normal: str) -> Markup:
    """The printed number as a link, and a button that opens its hint without a script.

    The hint stands once a page; further mentions of the number open the same.
    """
    hints: dict[str, str] = of_request.setdefault("policy_hints", {})
    first = normal not in hints
    name = hints.setdefault(normal, f"cited-{len(hints) + 1}")
    html = current_app.jinja_env.get_template("policy_link.html").render(
        printed=printed, normal=normal, policy=_known(normal), name=name, first=first
    )
    return Markup(html)  # noqa: S704 - the template escapes what it is given


def _known(normal: str) -> Policy | None:
    known: dict[str, Policy | None] = of_request.setdefault("policies_known", {})
    if normal not in known:
        known[normal] = Policies(archive().store.db).policy(normal)
    return known[normal]


def _may_hold(text: str) -> bool:
    """Whether it is worth to look: no number is without 号."""
    return "号" in text or "號" in text
