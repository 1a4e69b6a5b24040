"""`ryoshiki guideline`: show the guideline in force, check a folder, begin one of one's own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import typer

from ryoshiki.cli import options
from ryoshiki.cli.console import emit
from ryoshiki.cli.opening import guideline, settings
from ryoshiki.desk.questions import questions
from ryoshiki.desk.scope import kinds
from ryoshiki.desk.trouble.paths import trouble
from ryoshiki.guideline import BUILT_IN, load
from ryoshiki.model import Guideline, Platform, RyoshikiError
from ryoshiki.proofs import prove
from ryoshiki.report.explanation import explanation
from ryoshiki.report.phrases import PHRASES

_TEMPLATE = BUILT_IN / "template"
_ID = re.compile(r"[a-z][a-z0-9-]*\Z")

app = typer.Typer(rich_markup_mode=None, help="ガイドラインを見る、確かめる、つくる / Show, validate, begin one")


@app.command()
def show(folder: options.ShownFolder = None, platforms: options.Platforms = False, lang: options.Lang = None) -> None:
    """使っているガイドラインを示します / Show the guideline in force"""
    chosen = settings(guideline=folder, lang=lang)
    loaded = guideline(chosen)
    phrases = PHRASES[chosen.lang]
    if platforms:
        lines = [line for p in loaded.platforms.values() for line in _platform(p, chosen.lang)]
    else:
        organisation = loaded.organisation
        head = [f"{organisation.name}  {loaded.id}", f"{phrases['source']}: {loaded.source}"]
        lines = [*head, *explanation(None, loaded, phrases)]
    emit("\n".join(lines) + "\n")


def _platform(platform: Platform, lang: str) -> Iterator[str]:
    phrases = PHRASES[lang]
    yield f"{platform.id}  {platform.name}"
    yield f"  {phrases['reach']}: {platform.reach}"
    yield f"  {phrases['editing']}: {platform.editing}"
    yield f"  {phrases['taking-back']}: {platform.taking_back}"
    if platform.limit is not None:
        yield f"  {phrases['limit']}: {platform.limit:,}（{phrases[platform.counting]}）"
    yield ""


@app.command()
def validate(folder: options.CheckedFolder) -> None:
    """フォルダを読み、すべての例文を試します / Load a folder and run its proofs

    終了コード: 0 よい、1 合わない例文がある、2 読めない / Exit status: 0 good, 1 a proof fails, 2 cannot be loaded
    """
    from ryoshiki.desk.training import cases  # late, as no other command but `train` needs it

    loaded = load(folder)
    kinds(folder)  # what the desk reads later is refused here, too
    questions(loaded)
    cases(loaded)
    trouble(folder)
    broken = prove(loaded)
    if broken:
        emit("\n".join(broken) + f"\n合わない例文 (proofs that do not hold): {len(broken)}\n")
        raise typer.Exit(1)
    emit(_counts(loaded))


def _counts(loaded: Guideline) -> str:
    signs = [s for rule in loaded.rules.values() for s in rule.signs]
    proofs = sum(len(s.flags) + len(s.passes) for s in signs)
    return (
        f"使えます (usable): {loaded.title}（{loaded.version}）\n"
        f"条項 (clauses) {len(loaded.clauses)} · 規則 (rules) {len(loaded.rules)} · "
        f"しるし (signs) {len(signs)} · 例文 (proofs) {proofs}\n"
    )


@app.command()
def new(folder: options.NewFolder, name: options.OrganisationName = "○○市") -> None:
    """自分の団体のガイドラインのひな形をつくります / Begin a guideline of your own"""
    begin(folder, name)
    emit(
        f"{folder} をつくりました (made)。{folder / 'README.txt'} を読んで書き換えてください。\n"
        f"ryoshiki guideline validate {folder}\n"
    )


def begin(folder: Path, name: str) -> None:
    """Copy the template to ``folder`` and write ``name`` into it.

    Raises:
        RyoshikiError: there is something already, the folder cannot be made, or the name does not fit in a line.
    """
    if not name.strip() or not name.isprintable():
        raise RyoshikiError("--name: 一行の名前が要ります (a name of one line is needed)")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise RyoshikiError(f"{folder}: すでにあります。上書きはしません (exists already; nothing was overwritten)")
        shutil.copytree(_TEMPLATE, folder, dirs_exist_ok=True)
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')  # as it stands between the quotes of TOML
        for file in folder.rglob("*.toml"):
            text = file.read_text(encoding="utf-8").replace("{name}", quoted)
            if file.name == "guideline.toml" and _ID.match(folder.name):
                text = re.sub(r'^id = ".*"$', f'id = "{folder.name}"', text, count=1, flags=re.MULTILINE)
            file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as reason:
        raise RyoshikiError(f"{reason.filename or folder}: つくれません (cannot be made): {reason.strerror}") from None
