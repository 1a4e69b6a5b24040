"""The command `ryoshiki`: a thin shell. What goes wrong becomes one line and exit status 2, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from ryoshiki.cli import consent, desk, guideline, links, photo, trouble
from ryoshiki.cli.ask import ask
from ryoshiki.cli.check import check
from ryoshiki.cli.console import complain, emit, speak_utf8
from ryoshiki.cli.explain import explain
from ryoshiki.cli.history import history
from ryoshiki.cli.lookalikes import lookalikes
from ryoshiki.cli.mcp import mcp
from ryoshiki.cli.scan import scan
from ryoshiki.cli.scope import scope
from ryoshiki.cli.train import train
from ryoshiki.cli.waive import waive
from ryoshiki.cli.web import web
from ryoshiki.failing import place
from ryoshiki.model import RyoshikiError

INTERRUPTED = 130  # as a shell reports a command that SIGINT ended

app = typer.Typer(
    rich_markup_mode=None,  # plain help: it needs no rich, which would cost a quarter of the start
    add_completion=False,
    pretty_exceptions_enable=False,
    help="投稿する前に、下書きをガイドラインに照らして読みます / Reads a draft before it is posted",
)
app.command()(check)
app.command()(explain)
app.command()(ask)
app.command()(scope)
app.command()(train)
app.command()(scan)
app.command()(lookalikes)
app.command()(history)
app.command()(waive)
app.command()(mcp)
app.command()(web)
app.add_typer(consent.app, name="consent")
app.add_typer(desk.app, name="desk")
app.add_typer(guideline.app, name="guideline")
app.add_typer(photo.app, name="photo")
app.add_typer(links.app, name="links")
app.add_typer(trouble.app, name="trouble")


@app.callback(invoke_without_command=True)
def top(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="版を示す / Show the version")] = False,
) -> None:
    """投稿する前に、下書きをガイドラインに照らして読みます / Reads a draft before it is posted"""
    if version:
        from ryoshiki import __version__

        emit(f"ryoshiki {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        emit(context.get_help() + "\n")
        raise typer.Exit


def main() -> NoReturn:
    """Entry point of the command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """The command with these arguments; returns the exit status."""
    speak_utf8()
    try:
        status = app(args=list(arguments), prog_name="ryoshiki", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except RyoshikiError as reason:
        complain(str(reason))
    except typer.TyperException as reason:
        complain(f"{reason.format_message()} (ryoshiki --help)")
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as reason:  # the last net: a traceback could show words of the draft
        complain(f"内部の誤りです (internal error): {place(reason)}")
    return 2
