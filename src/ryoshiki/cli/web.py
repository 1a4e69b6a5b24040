"""`ryoshiki web`: the page on this machine, or for everyone on an intranet."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ryoshiki import waivers
from ryoshiki.cli import options
from ryoshiki.cli.console import emit
from ryoshiki.cli.opening import guideline, has_desk, opened_store, settings, waivers_file
from ryoshiki.drafts import known_platform
from ryoshiki.model import Draft, Guideline, RyoshikiError
from ryoshiki.review import review

if TYPE_CHECKING:
    from ryoshiki.settings import Settings
    from ryoshiki.web.desk import Desk
    from ryoshiki.web.serving import Serving


def web(
    host: options.Host = None,
    port: options.Port = None,
    origin: options.PublicOrigin = None,
    proxies: options.Proxies = None,
    log: options.AccessLog = False,
    browser: options.Browser = True,
    folder: options.Folder = None,
    lang: options.Lang = None,
) -> None:
    """下書きを書きながら確かめるページを開きます。終わりは Ctrl+C / Open the page; Ctrl-C ends it"""
    if find_spec("fastapi") is None or find_spec("uvicorn") is None:
        raise RyoshikiError(
            "ページの部品が入っていません。pip install ryoshiki[web] で入ります (the parts for the page are missing)"
        )
    from ryoshiki.web.app import create_app
    from ryoshiki.web.serving import AccessLog, Serving, serve

    chosen = settings(guideline=folder, lang=lang, web_host=host, web_port=port, web_origin=origin, web_proxies=proxies)
    loaded = guideline(chosen)
    serving = Serving(
        host=chosen.web_host,
        port=chosen.web_port,
        origin=chosen.web_origin,
        proxies=tuple(filter(None, (chosen.web_proxies or "").replace(" ", "").split(","))),
        lang=chosen.lang,
        platform=known_platform(chosen.platform, loaded),
        account=chosen.account,
    )
    if serving.alone:  # what one author has accepted is nobody else's
        serving = replace(serving, waivers=waivers.read(waivers_file(chosen)))
    app = create_app(loaded, serving, _desk(chosen, serving))
    warming = threading.Thread(target=_warm_up, args=(loaded,), daemon=True)

    def ready(address: str) -> None:
        warming.start()
        _ready(address, serving.alone and browser)

    serve(AccessLog(app) if log else app, serving, ready)
    if warming.ident is not None:
        warming.join()  # Python ended while the model is being loaded is aborted, with a core dump
    emit("\n終わりました (ended)\n")


def _desk(chosen: Settings, serving: Serving) -> Desk | None:
    """The records, where their parts are installed: on a machine of one's own, or for those who sign in."""
    if chosen.sign_in == "none" and not has_desk():
        return None
    from ryoshiki.web import signin

    return signin.desk(chosen, serving, lambda: opened_store(chosen))


def _ready(address: str, browser: bool) -> None:
    emit(
        f"{address} を開いてください。書いた文はどこにも残しません (open this address; nothing is kept)\n"
        "終わるときは Ctrl+C (Ctrl-C ends it)\n"
    )
    if browser and sys.stdout.isatty():
        import webbrowser

        webbrowser.open(address)


def _warm_up(loaded: Guideline) -> None:
    """Load the model and the dictionary while the page opens, so that the first words are read as fast as others."""
    review(Draft("6月20日（土）は、山田さんと運動会です。"), loaded)
