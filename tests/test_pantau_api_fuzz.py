"""Whatever is asked of the JSON interface, it answers as described and never breaks."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from browser import Office
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


@pytest.mark.slow
def test_any_question_is_answered_as_described(newsroom: Office) -> None:
    schema = schemathesis.openapi.from_url(f"{newsroom.url}/api/v1/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 12
    for operation in operations:
        ask(operation)


def ask(operation: Any) -> None:
    """Forty questions to one address, some as described and some not."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy())
    def ask_once(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    ask_once()
