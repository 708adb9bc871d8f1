"""The page of commands, from the command line itself: arguments, options, exit statuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer
import typer.main
from typer.core import TyperArgument, TyperGroup, TyperOption

from corridor.cli import app
from corridor.errors import CorridorError
from docs_site.tables import markdown_table

_HEAD = """\
# Commands

What `corridor COMMAND --help` says, on one page. Results go to the standard output, progress and messages to the error
output, so that `corridor … --json > file` holds JSON and nothing else.
"""
_DEFAULT = re.compile(r"  \[default: (.*)\]$")
_TYPE_OF_ARGUMENT = re.compile(r"^([^-].*) <.*>$")


def commands_markdown() -> str:
    """The page."""
    return "\n\n".join([_HEAD, _statuses(), *(_section(path, command) for path, command in all_commands())]) + "\n"


def all_commands() -> Iterator[tuple[str, Any]]:
    """Every command with its words ("network build"), in the order of the help."""
    yield from _commands_in(typer.main.get_command(app), "")


def _commands_in(group: Any, above: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _commands_in(command, f"{above}{name} ")
        else:
            yield above + name, command


def _section(path: str, command: Any) -> str:
    context = typer.Context(command, info_name=f"corridor {path}")
    usage = command.get_usage(context).removeprefix("Usage: ")
    parts = [f"## corridor {path} {{ #{path.replace(' ', '-')} }}", f"```text\n{usage}\n```", command.help or ""]
    kinds = {"argument": TyperArgument, "option": TyperOption}
    for word, kind in kinds.items():
        rows = [_row(each.get_help_record(context)) for each in command.params if isinstance(each, kind)]
        columns = 3 if any(row[2] for row in rows) else 2
        table = markdown_table([word, "meaning", "default"][:columns], (row[:columns] for row in rows))
        parts += [table] if rows else []
    return "\n\n".join(parts)


def _row(record: tuple[str, str]) -> list[str]:
    """Name, meaning and default from the two columns of a help page."""
    name, said = record
    bare = _TYPE_OF_ARGUMENT.sub(r"\1", name)
    meaning, default = (*_DEFAULT.split(said), "")[:2]
    return [f"`{bare}`", meaning.removesuffix("  [required]"), f"`{default}`" if default else ""]


def _statuses() -> str:
    rows = [["0", "An answer was given."], *([str(status), meaning] for status, meaning in exit_statuses())]
    return f"## Exit statuses\n\n{markdown_table(['status', 'meaning'], rows)}"


def exit_statuses() -> list[tuple[int, str]]:
    """Exit status and what it means, from the errors of the package."""
    kinds = [kind for kind in CorridorError.__subclasses__() if "exit_status" in vars(kind)]
    return sorted((kind.exit_status, _first_sentence(kind)) for kind in kinds)


def _first_sentence(kind: type[CorridorError]) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0].partition(";")[0].removesuffix(".") + "."
