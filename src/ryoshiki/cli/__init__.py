"""The command `ryoshiki`: a thin shell. What goes wrong becomes one line and exit status 2, never a traceback."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Annotated, NoReturn

import typer

from ryoshiki.cli.console import complain, emit, speak_utf8
from ryoshiki.failing import place
from ryoshiki.model import RyoshikiError

INTERRUPTED = 130  # as a shell reports a command that SIGINT ended

# Each stands in the module of its name: a command as the function, a group of commands as ``app``.
COMMANDS = ("check", "explain", "ask", "scope", "train", "scan", "lookalikes", "history", "waive", "mcp", "web")
GROUPS = ("consent", "desk", "guideline", "photo", "links", "trouble")


def application(names: Iterable[str] = (*COMMANDS, *GROUPS)) -> typer.Typer:
    """The command with these subcommands. To import and describe all takes a fifth of the start of one."""
    app = typer.Typer(
        rich_markup_mode=None,  # plain help: it needs no rich, which would cost a quarter of the start
        add_completion=False,
        pretty_exceptions_enable=False,
        help="投稿する前に、下書きをガイドラインに照らして読みます / Reads a draft before it is posted",
    )
    app.callback(invoke_without_command=True)(_top)
    for name in names:
        module = import_module(f"ryoshiki.cli.{name}")
        if name in GROUPS:
            app.add_typer(module.app, name=name)
        else:
            app.command()(getattr(module, name))
    return app


def _top(
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
    status = run(sys.argv[1:])
    gc.freeze()  # or Python looks for garbage among half a million objects before it ends
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """The command with these arguments; returns the exit status."""
    speak_utf8()
    called = [name for name in arguments[:1] if name in COMMANDS + GROUPS]
    try:
        app = application(called) if called else application()
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
