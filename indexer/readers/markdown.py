r"""The traces that converters leave in text: Markdown marks, stray tags, dollar mathematics.

Only what cannot be meant as text goes: ``张**`` is a masked name and ``6*10`` a product.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

# Every pattern stops at the next mark of its kind, so that no text takes quadratic time.
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"[-*+]\s+(?=\S)(?!\d+\s*-?$)")
_CLOSED_BOLD = re.compile(
    r"(?<![\w*])\*\*(?![\s*，。、；：,.;:)）])((?:(?!\*\*).)++)(?<!\s)\*\*(?!\*)"
)
_OPEN_BOLD = re.compile(r"\*\*(?=[^\s*])")
_CLOSE_BOLD = re.compile(r"(?<=[^\s*])\*\*$")
_TAG = re.compile(r"</?(?:p|br|b|i|u|strong|em|span|div|font|sup|sub|center)(?:\s[^<>]*)?/?>", re.I)
_LINK = re.compile(
    r"(!?)\[([^\[\]]*)\]\((?:https?://|data:|#|/|\./|[\w./-]+\.(?:png|jpe?g|gif))[^()\s]*\)"
)
_MATH = re.compile(r"(?<!\\)\$\$?([^$\n]{1,1000})\$\$?")
_MATH_SIGN = re.compile(r"[\\^_+*/=<>\d]")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|>$%])")
_COMMAND = re.compile(r"\\(?:text|mathrm|mathbf|mathit|textbf|operatorname)\s*\{([^{}]*)\}")
_SYMBOLS = (
    (r"\times", "×"),
    (r"\div", "÷"),
    (r"\geqslant", "≥"),
    (r"\leqslant", "≤"),
    (r"\geq", "≥"),
    (r"\leq", "≤"),
    (r"\ge", "≥"),
    (r"\le", "≤"),
    (r"\sim", "~"),
    (r"\cdot", "·"),
    (r"\approx", "≈"),
    (r"\pm", "±"),
    (r"\%", "%"),
    (r"\ ", " "),
    (r"\,", ""),
)
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|={3,})$")
_ENTITY = re.compile(r"&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|emsp|ensp|#\d+|#x[0-9a-fA-F]+);")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A line without its marks: ``heading_level`` is the number of #, ``bold`` the whole line."""

    text: str
    heading_level: int | None = None
    bold: bool = False


def clean_line(text: str, *, bold_open: bool = False) -> tuple[Cleaned, bool]:
    """Take the marks off a whole line; also whether its bold goes on in the next one."""
    body = text.strip()
    if _RULE.match(body):
        return Cleaned(""), False
    level = None
    if match := _HEADING.match(body):
        level = len(match[1])
        body = body[match.end() :].rstrip("# ").rstrip() or body[match.end() :]
    elif match := _BULLET.match(body):
        body = body[match.end() :]
    was_open = bold_open
    body, bold_open = _unbold_over_lines(body, bold_open)
    bold = was_open or bold_open or bool(re.fullmatch(r"\*\*[^*]+\*\*", body))
    return Cleaned(clean_inline(body), level, bold), bold_open


def clean_inline(text: str) -> str:
    """Take the marks off a piece of running text or the text of a cell."""
    if "<" in text:
        text = re.sub(r"<br\s*/?>|</p>\s*<p[^<>]*>", "\n", text, flags=re.I)
        text = _TAG.sub("", text)
    if "$" in text:
        text = _MATH.sub(_plain_formula, text)
    if "**" in text:
        text = _CLOSED_BOLD.sub(r"\1", text)
    if "](" in text:
        text = _LINK.sub(lambda match: "" if match[1] else match[2], text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text.strip()


def _unbold_over_lines(body: str, is_open: bool) -> tuple[str, bool]:
    """Follow ``**`` that opens on one line and closes on a later one."""
    if is_open:
        closed = _CLOSE_BOLD.sub("", body)
        return closed, closed == body
    if _OPEN_BOLD.match(body) and body.count("**") == 1:
        return body[2:], True
    return body, False


def _plain_formula(match: re.Match[str]) -> str:
    """The formula without its dollars; two prices in one line are no formula."""
    formula = match[1]
    if not _MATH_SIGN.search(formula):
        return match[0]
    while (plain := _COMMAND.sub(r"\1", formula)) != formula:
        formula = plain
    for command, symbol in _SYMBOLS:
        formula = re.sub(rf"{re.escape(command)}(?![a-z]) ?", symbol, formula)
    return formula.strip()
