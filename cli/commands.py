"""Which commands there are; each is imported when it is asked for.

To import all that one command needs takes longer than most commands run.
"""

from __future__ import annotations

from importlib import import_module

import click

_MODULES = {
    "ingest": "cli.keeping",
    "extract": "cli.asking",
    "search": "cli.asking",
    "show": "cli.asking",
    "policy": "cli.policies",
    "citations": "cli.citing",
    "check": "cli.checking",
    "serve": "cli.serving",
    "start": "cli.serving",
    "reread": "cli.keeping",
    "reindex": "cli.keeping",
    "verify": "cli.keeping",
    "set-password": "cli.settings",
    "mobile-numbers": "cli.settings",
}
"""The module of each command, whose function has its name, with ``_`` for ``-``."""


class Commands(click.Group):
    """The group of all commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - of the base
        """The names, as the help lists them."""
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name; ``None`` when there is none."""
        if cmd_name not in _MODULES:
            return None
        found = getattr(import_module(_MODULES[cmd_name]), cmd_name.replace("-", "_"))
        assert isinstance(found, click.Command)
        return found
