"""`ryoshiki mcp`: the tools for an assistant, over standard input and output."""

from __future__ import annotations

import logging
import os
import signal
import sys
from importlib.util import find_spec

import typer

from ryoshiki import waivers
from ryoshiki.cli import options
from ryoshiki.cli.console import BROKEN_PIPE, silence, tell
from ryoshiki.cli.opening import guideline, settings, waivers_file
from ryoshiki.model import RyoshikiError

_INTERRUPTED = 130  # as a shell reports a command that SIGINT ended


def mcp(folder: options.Folder = None, lang: options.Lang = None) -> None:
    """アシスタント（MCP のクライアント）に、確かめる道具を渡します / Serve tools to an assistant over MCP

    標準入出力で話します。クライアントの設定に書いて使います / Speaks over standard input and output; a client starts it
    """
    if find_spec("mcp") is None:
        raise RyoshikiError(
            "MCP の部品が入っていません。pip install ryoshiki[mcp] で入ります (the parts for MCP are missing)"
        )
    chosen = settings(guideline=folder, lang=lang)
    if sys.stdin is not None and sys.stdin.isatty():
        tell("MCP のクライアントから使います。終わりは Ctrl-C です。(Meant for an MCP client; Ctrl-C ends it.)\n")
    # A thread waits in a read of standard input that nothing interrupts, so that an orderly end would not come.
    signal.signal(signal.SIGINT, lambda *_: os._exit(_INTERRUPTED))
    logging.disable(logging.CRITICAL)  # what the SDK logs may quote a draft

    from ryoshiki.assistant import Desk, server

    tools = server(Desk(chosen, lambda: guideline(chosen), lambda: waivers.read(waivers_file(chosen))))
    gone = False
    try:
        tools.run("stdio")
    except* BrokenPipeError:
        gone = True  # the client has left, which is no error
    if gone:
        silence()
        raise typer.Exit(BROKEN_PIPE)
