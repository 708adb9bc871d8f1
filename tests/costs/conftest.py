from __future__ import annotations

from collections.abc import Mapping

import pytest

from corridor.evidence import DriverRules, read_evidence


@pytest.fixture(scope="session")
def rules() -> Mapping[str, DriverRules]:
    """The rule sets of the shipped table."""
    return read_evidence().driver_rules
