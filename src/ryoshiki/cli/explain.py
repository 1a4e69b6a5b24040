"""`ryoshiki explain`: what a rule, a sign or a clause is, in the guideline's own words."""

from __future__ import annotations

import sys

from ryoshiki.cli import options
from ryoshiki.cli.console import emit, width
from ryoshiki.cli.opening import guideline, settings
from ryoshiki.report.explanation import explained
from ryoshiki.report.phrases import PHRASES


def explain(name: options.Name = None, lang: options.Lang = None, folder: options.Folder = None) -> None:
    """規則・しるし・条項を説明します / Explain a rule, a sign or a clause"""
    chosen = settings(lang=lang, guideline=folder)
    emit(explained(name, guideline(chosen), PHRASES[chosen.lang], width(sys.stdout)))
