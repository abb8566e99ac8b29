"""The command that finds document numbers in any text: citations."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from archive.citations import Mention, find
from archive.errors import UnreadableFile
from cli.context import example, told
from cli.language import say

_STANDARD_INPUT = "-"


@click.command(
    help=say(
        "Print the document numbers (发文字号) in the text FILE, one JSON object a line. "
        "FILE may be - for standard input; start and end count characters from 0.",
        "逐行打印文本文件中的发文字号，每行一个 JSON 对象。FILE 为 - 时读标准输入；"
        "start 和 end 是从 0 起的字符位置。",
    ),
    epilog=example("citations report.txt"),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
def citations(file: str) -> None:
    """Print one line for each mention, in printed order."""
    with told():
        text = _text_of(file)
    for mention in find(text):
        click.echo(json.dumps(_line(mention), ensure_ascii=False))


def _text_of(file: str) -> str:
    """The characters of the file, in whatever encoding they are."""
    from indexer.readers.encodings import decode  # noqa: PLC0415 - keeps the others quick

    if file == _STANDARD_INPUT:
        name, data = "标准输入", sys.stdin.buffer.read()
    else:
        name, data = file, Path(file).read_bytes()
    decoded = decode(data)
    if decoded is None:
        raise UnreadableFile(
            f"“{name}”不是文本，无法查找文号。PDF、Word 等文件请先另存为纯文本（.txt）再试。"
        )
    return decoded.text


def _line(mention: Mention) -> dict[str, str | int | None]:
    number = mention.number
    return {
        "start": mention.start,
        "end": mention.end,
        "printed": mention.printed,
        "normal": mention.normal,
        "issuer": number.issuer if number else None,
        "year": number.year if number else None,
        "number": number.number if number else None,
        "title": mention.title,
    }
