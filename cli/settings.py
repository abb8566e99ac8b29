"""Commands that set how the archive is kept: the keeper's password, mobile numbers."""

from __future__ import annotations

import click

from archive.keeper import Keeper
from archive.privacy import FACT
from cli.context import Place, example, told
from cli.language import say


@click.command(
    "set-password",
    help=say(
        "Set the password of the keeper's page /admin, which is off without one.",
        "设置管理页 /admin 的密码；没有密码就没有管理页。",
    ),
    epilog=example("set-password"),
)
@click.option("--off", is_flag=True, help=say("Close the keeper's page.", "关闭管理页。"))
@click.pass_obj
def set_password(place: Place, off: bool) -> None:
    """Ask for a password twice and keep its hash; it is never printed."""
    with place.existing():
        keeper = Keeper(place.folder)
        if off:
            keeper.drop_password()
            click.echo(say("The keeper's page is off.", "管理页已关闭。"))
            return
        text, again = say("Password", "密码"), say("Once more", "再输一遍")
        password = click.prompt(text, hide_input=True, confirmation_prompt=again)
        with told():
            keeper.set_password(password)
    click.echo(
        say("The password is set; sign in at /admin.", "密码已设好，在浏览器中打开 /admin 登录。")
    )


@click.command(
    "mobile-numbers",
    help=say(
        "Mask mobile numbers on pages, in exports and in the index (MASK, the default), or SHOW "
        "them as printed; the index is rebuilt.",
        "手机号码在网页、导出和索引中打码（mask，默认）或照原文显示（show）；随即重建索引。",
    ),
    epilog=example("mobile-numbers show"),
)
@click.argument("how", type=click.Choice(["mask", "show"]))
@click.pass_obj
def mobile_numbers(place: Place, how: str) -> None:
    """Turn the masking on or off."""
    with place.existing() as archive, archive.writing():
        archive.store.set_fact(FACT, "yes" if how == "show" else "no")
        count = archive.reindex()
    shown = {
        "mask": say("Mobile numbers are masked", "手机号码已打码"),
        "show": say("Mobile numbers are shown", "手机号码照原文显示"),
    }
    click.echo(
        say(
            f"{shown[how]}; indexed {count} disclosures.",
            f"{shown[how]}；已重建索引：{count} 份公开文件。",
        )
    )
