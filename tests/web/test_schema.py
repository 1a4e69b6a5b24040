"""The JSON interface does what its own description says, whatever is sent."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from ryoshiki import load
from ryoshiki.web.app import create_app
from ryoshiki.web.serving import Serving

APP = create_app(load(), Serving())
# Which bytes are a picture, and that a draft needs words or a photo, no schema can say.
UNSAYABLE: list[Any] = [positive_data_acceptance]
SCHEMA = schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP, headers={"Host": "127.0.0.1"})


@SCHEMA.parametrize()
@settings(
    max_examples=15,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_path_keeps_its_word(case: schemathesis.Case[Any]) -> None:
    """Statuses, types and bodies are as described; what the description forbids is refused; nothing is a 500."""
    case.call_and_validate(base_url="http://127.0.0.1", excluded_checks=UNSAYABLE)
