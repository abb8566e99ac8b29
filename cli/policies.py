"""The command that asks what rests on a policy document."""

from __future__ import annotations

import json

import click

from archive.amounts import spoken
from archive.citations import parse_number
from archive.errors import NotFound
from archive.policies.conflicts import EVERY
from archive.policies.export import KIND_NAMES, page_json
from archive.policies.near import WHY, near
from archive.policies.page import PolicyPage, agency_of, all_items, policy_page
from archive.policies.records import Item
from archive.store import Store
from cli.context import Place, example
from cli.language import say


@click.command(
    help=say(
        "Print what rests on the policy document NUMBER, in any spelling.",
        "打印依据某个发文字号的全部项目和金额。文号的括号写法不限。",
    ),
    epilog=example("policy '新医保发(2023)48号'"),
)
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help=say("As one JSON object.", "输出 JSON。"))
@click.pass_obj
def policy(place: Place, number: str, as_json: bool) -> None:
    """Print one policy; exit status 1 when nothing rests on it."""
    parsed = parse_number(number)
    if parsed is None:
        raise click.ClickException(
            say(f"“{number}” is no document number.", f"“{number}”不是一个发文字号。")
        )
    with place.existing() as archive:
        try:
            page = policy_page(archive.store, parsed.normal, namesakes=EVERY)
        except NotFound as error:
            raise NotFound(str(error) + _near_said(archive.store, parsed.normal)) from error
        items = list(all_items(archive.store, page.policy))
    if as_json:
        click.echo(json.dumps(page_json(page, items), ensure_ascii=False, indent=2))
    else:
        _print(page, items)


def _near_said(store: Store, normal: str) -> str:
    number = parse_number(normal)
    around = near(store, number) if number else ()
    names = "；".join(f"{one.policy.normal}（{WHY[one.kind]}）" for one in around)
    return f"相近文号：{names}。" if names else ""


def _print(page: PolicyPage, items: list[Item]) -> None:
    policy = page.policy
    click.echo("  ".join(filter(None, (policy.normal, policy.body, policy.title))))
    for conflict in page.compared.conflicts:
        click.echo(f"! {conflict.sentence}")
    for total in page.totals:
        amount = spoken(total.fen) if total.amounts else say("no amount", "未列金额")
        click.echo(f"{total.year or say('no year', '年度不详')}  {amount}")
        for item in items:
            if item.document.fiscal_year == total.year:
                click.echo(_line(item))
    for one in page.near:
        click.echo(say("near: ", "相近文号：") + f"{one.policy.normal}（{WHY[one.kind]}）")


def _line(item: Item) -> str:
    amount = ""
    if item.fen is not None:
        again = "" if item.counted else say(" (counted above)", "（已计）")
        amount = f"  {spoken(item.fen)}{again}"
    return f"  {agency_of(item.document)}  {KIND_NAMES[item.kind]}  {item.name}{amount}"
