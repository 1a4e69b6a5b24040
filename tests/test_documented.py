"""What can be used is documented; what is generated is fresh."""

import importlib.util
from dataclasses import fields
from pathlib import Path

import pytest
import typer

from ryoshiki import load
from ryoshiki.checks import CHECKS
from ryoshiki.cli import application
from ryoshiki.guideline import KNOWN_PATTERNS
from ryoshiki.report import FORMATS
from ryoshiki.settings import SETTINGS

ROOT = Path(__file__).parents[1]
_SPEC = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
assert _SPEC
assert _SPEC.loader
generate = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(generate)
CLI_PAGE = (ROOT / "docs/CLI.md").read_text(encoding="utf-8")
GUIDELINES_PAGE = (ROOT / "docs/GUIDELINES.md").read_text(encoding="utf-8")
RULES_PAGE = (ROOT / "docs/RULES.md").read_text(encoding="utf-8")


def command_paths(group: object, prefix: str = "ryoshiki") -> list[str]:
    found = []
    for name, command in getattr(group, "commands", {}).items():
        path = f"{prefix} {name}"
        found += command_paths(command, path) if hasattr(command, "commands") else [path]
    return found


def options(group: object) -> set[str]:
    found: set[str] = set()
    for command in getattr(group, "commands", {}).values():
        found |= {o for p in command.params for o in p.opts if o.startswith("--")} | options(command)
    return found


@pytest.mark.parametrize("path", command_paths(typer.main.get_command(application())))
def test_every_command_is_documented(path: str) -> None:
    """docs/CLI.md names the command."""
    assert f"`{path}" in CLI_PAGE


@pytest.mark.parametrize("option", sorted(options(typer.main.get_command(application())) - {"--help"}))
def test_every_option_is_documented(option: str) -> None:
    """docs/CLI.md names the option."""
    assert f"`{option}" in CLI_PAGE


@pytest.mark.parametrize("setting", [s.name for s in SETTINGS])
def test_every_setting_is_documented(setting: str) -> None:
    """docs/CLI.md has a row for the setting."""
    assert f"| `{setting}` |" in CLI_PAGE


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_documented(name: str) -> None:
    """docs/CLI.md has a row for the format."""
    assert f"| `{name}` |" in CLI_PAGE


@pytest.mark.parametrize("kind", CHECKS)
def test_every_kind_of_check_is_documented(kind: str) -> None:
    """docs/GUIDELINES.md explains the kind and each of its parameters."""
    section = GUIDELINES_PAGE.partition(f"### `{kind}`\n")[2].partition("\n### ")[0]
    assert section
    for spec in fields(CHECKS[kind]):
        assert f"`{spec.name}`" in section or f"`{spec.name} = " in section, spec.name


def test_every_rule_is_documented() -> None:
    """docs/RULES.md is what `make generate` would write now."""
    assert generate.page(load()) == RULES_PAGE, "run `make generate`"


def test_the_known_patterns_are_fresh() -> None:
    """The literals shipped for a fast start are those of the patterns as they are now."""
    assert generate.patterns(load()) == KNOWN_PATTERNS.read_text(encoding="utf-8"), "run `make generate`"
