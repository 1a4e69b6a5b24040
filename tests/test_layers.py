"""Imports point one way, so that a newcomer can read the package from the nouns up."""

import ast
from pathlib import Path

import pytest

import ryoshiki

PACKAGE = Path(ryoshiki.__file__).parent
# Lowest first; a layer may import those before it, and itself.
LAYERS = (
    "failing",
    "gates",
    "sight",
    "model",
    "reading",
    "checks",
    "proofs",
    "organisation",
    "guideline",
    "waivers",
    "linklists",
    "second_reader",
    "review",
    "drafts",
    "stamp",
    "cleaning",
    "counting",
    "report",
    "settings",
    "desk",
    "history",
    "scan",
    "assistant",
    "web",
    "cli",
)
FILES = sorted(p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or p.stem not in ("__init__", "__main__"))


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_layers(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the layer"
            names = [f"{node.module}.{a.name}" for a in node.names]
        found |= {n.split(".")[1] for n in names if n.startswith("ryoshiki.") and n.split(".")[1] in LAYERS}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_only_what_lies_below(path: Path) -> None:
    """A file imports its own layer or lower ones."""
    own = LAYERS.index(layer_of(path))
    above = {name for name in imported_layers(path) if LAYERS.index(name) > own}
    assert not above, f"{path.name} reaches up to {sorted(above)}"


def test_a_draft_cannot_leave_through_the_package() -> None:
    """No file imports a module that talks to a network, but four.

    Who is asked on purpose, who only listens, who sends a letter of the desk when its author says so, and who asks the
    identity provider whether somebody who signs in is who they say.
    """
    talking = {"socket", "ssl", "http", "urllib.request", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}
    talking |= {"httpx2", "authlib"}
    files = ("second_reader.py", "web/serving.py", "desk/mail.py", "web/signin/oidc.py")
    but = {PACKAGE / file for file in files}
    for path in (p for p in FILES if p not in but):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {n for n in names if n in talking or n.split(".")[0] in talking}, path
