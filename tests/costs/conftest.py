"""The bundled evidence, read once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from corridor.evidence import DriverRules, Evidence, read_evidence


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return read_evidence()


@pytest.fixture(scope="session")
def rules(evidence: Evidence) -> Mapping[str, DriverRules]:
    """The rule sets of the shipped table."""
    return evidence.driver_rules
