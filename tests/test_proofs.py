"""Every sign of the built-in guideline carries its own proof, and the proof holds."""

import pytest

from ryoshiki import load
from ryoshiki.model import Sign
from ryoshiki.proofs import prove

MURORAN = load()
SIGNS = [sign for rule in MURORAN.rules.values() for sign in rule.signs]
RULES = {
    *("personal-info", "confidential", "security", "insult", "discrimination", "illegal", "rumor", "obscene"),
    *("public-order", "working-hours", "identity", "accuracy", "misunderstanding", "portrait", "copyright"),
    *("privacy", "service-duty", "argument"),
}


def test_the_guideline_has_the_eighteen_rules() -> None:
    """The rules are those that the labels of the benchmark name, each with signs."""
    assert set(MURORAN.rules) == RULES
    assert all(rule.signs for rule in MURORAN.rules.values())


def test_every_proof_holds() -> None:
    """Each sign flags what it says it flags and passes what it says it passes."""
    assert prove(MURORAN) == []


# Its words are an organisation's own, and the built-in guideline has none: see test_guideline.py.
OWN_WORDS = "confidential/code-name"


@pytest.mark.parametrize("sign", [s for s in SIGNS if s.id != OWN_WORDS], ids=lambda s: s.id)
def test_a_sign_has_proofs_each_way(sign: Sign) -> None:
    """A sign shows at least five drafts that it flags and five, near misses included, that it passes."""
    assert len({d.text for d in sign.flags} | {str(d.posted_at) for d in sign.flags}) >= 5
    assert len(sign.flags) >= 5
    assert len(sign.passes) >= 5


def test_clauses_of_every_section_are_there() -> None:
    """The leaflet's five sections are all restated as clauses."""
    assert {c.section[0] for c in MURORAN.clauses.values() if c.origin == "guideline"} >= set("12345")
