"""Commands that read: extract, search, show."""

from __future__ import annotations

import json
from pathlib import Path

import click

from archive.addresses import document_id
from archive.amounts import spoken
from archive.errors import NotFound
from archive.export import source_line
from archive.model import Disclosure, Table
from archive.printed import printed
from archive.record_json import disclosure_json, document_json, table_json
from archive.search import ResultPage
from archive.search.answer import answer
from archive.search.as_json import page_json
from archive.search.rows import RowResult
from archive.table_names import table_name
from cli.context import Place, example, told
from cli.language import say


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@click.command(
    help=say(
        "Print what would be stored of FILE, and store nothing.",
        "打印从文件中读出的全部记录，不存入档案。",
    ),
    epilog=example("extract samples/files/changji-sample-2024-budget.docx --json"),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=say("As one JSON object.", "输出 JSON。"))
def extract(file: Path, as_json: bool) -> None:
    """Print the record of one file."""
    from indexer.extract import extract as read  # noqa: PLC0415 - keeps the other commands quick

    with told():
        disclosure = read(file.read_bytes(), file.name)
    if as_json:
        _print_json(disclosure_json(disclosure))
        return
    click.echo(disclosure.document.title)
    for table in disclosure.tables:
        click.echo(_table_line(table))
    for project in disclosure.projects:
        amount = spoken(project.amount_fen) if project.amount_fen is not None else ""
        click.echo(f"  {project.name} {amount}".rstrip())


@click.command(
    "search",
    help=say("Search the archive.", "在档案中检索。"),
    epilog=example("search 长期护理保险 --limit 3"),
)
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help=say("As one JSON object.", "输出 JSON。"))
@click.option("--limit", default=10, show_default=True, help=say("How many hits.", "最多几条。"))
@click.pass_obj
def search(place: Place, query: str, as_json: bool, limit: int) -> None:
    """Print the disclosures that match, and the figures in them."""
    with place.existing() as archive:
        found = answer(archive.store, archive.engine, query, limit=limit)
        if as_json:
            _print_json(page_json(found.page, found.rows, limit=limit))
            return
        _print_page(found.page)
        _print_rows(found.rows, limit)


def _print_rows(rows: RowResult, limit: int) -> None:
    if not rows.total:
        return
    click.echo(say(f"{rows.total} figures", f"{rows.total} 个数字"))
    for one in rows.page("relevance", limit):
        record = one.record
        who = (
            f"{record.document.agency or record.document.title} {record.document.fiscal_year or ''}"
        )
        name = record.project or record.label or record.code or record.row
        column = "/".join(record.column)
        told = (who.rstrip(), record.table_name, name, column, spoken(record.fen))
        click.echo("    " + " · ".join(text for text in told if text))


def _print_page(page: ResultPage) -> None:
    about, about_zh = ("", "") if page.total_is_exact else ("about ", "约 ")
    click.echo(say(f"{about}{page.total} disclosures", f"{about_zh}{page.total} 份公开文件"))
    for notice in page.notices:
        click.echo(notice.message)
    for hit in page.hits:
        click.echo(f"{hit.document.id}  {hit.document.title}")
        for place in hit.places:
            amount = f"  {spoken(place.amount_fen)}" if place.amount_fen is not None else ""
            click.echo(f"    {place.label}{amount}")


@click.command(
    help=say(
        "Print a disclosure of the archive. DOC is its id or the last part of its address.",
        "打印档案中的一份公开文件。DOC 是它的编号，或网址的最后一段。",
    ),
    epilog=example("show 1a2b3c4d5e6f --table 7"),
)
@click.argument("doc")
@click.option(
    "--table", "wanted", help=say("Only this table, as 7 or 表7.", "只看这张表，如 7 或 表7。")
)
@click.option("--json", "as_json", is_flag=True, help=say("As one JSON object.", "输出 JSON。"))
@click.pass_obj
def show(place: Place, doc: str, wanted: str | None, as_json: bool) -> None:
    """Print one disclosure or one of its tables."""
    with place.existing() as archive:
        identifier = document_id(doc)
        if identifier is None:
            raise NotFound(f"“{doc}”不是文件编号：编号是网址最后的十二位字母和数字。")
        disclosure = archive.store.disclosure(identifier)
    if wanted is not None:
        _show_table(disclosure, wanted, as_json)
    elif as_json:
        _print_json(disclosure_json(disclosure))
    else:
        click.echo(disclosure.document.title)
        for table in disclosure.tables:
            click.echo(_table_line(table))


def _show_table(disclosure: Disclosure, wanted: str, as_json: bool) -> None:
    name = f"表{wanted}" if wanted.isdigit() else wanted
    table = next((table for table in disclosure.tables if table.id == name), None)
    if table is None:
        names = "、".join(table.id for table in disclosure.tables)
        raise click.ClickException(
            say(
                f"There is no table {name}. Tables: {names}",
                f"没有“{name}”这张表。有这些表：{names}",
            )
        )
    if as_json:
        _print_json({"document": document_json(disclosure.document), "table": table_json(table)})
        return
    click.echo(source_line(disclosure.document, table))
    click.echo("\t".join("/".join(column.path) for column in table.columns))
    for line in printed(table).lines:
        texts = (place.cell.printed if place.cell else "" for place in line.cells)
        click.echo("\t".join(texts))


def _table_line(table: Table) -> str:
    size = (
        say("empty", "空表")
        if table.declared_empty
        else say(f"{len(table.rows)} rows", f"{len(table.rows)} 行")
    )
    return f"  {table_name(table)} ({size})"
