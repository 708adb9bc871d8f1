from __future__ import annotations

from pathlib import Path

import pytest

from corridor.scenario import KnownNames

COMPLETE = """\
id: islamabad-minsk
title: Islamabad to Minsk
why: Which route should be opened first?
trip:
  origin: islamabad
  destination: minsk
  departure: 2026-11-01
vehicle: {type: artic_euro5_40t, plate: PAK, crew: 2, empty_return_share: 0.4}
cargo:
  kind: textiles
  mass_t: 18
  value_usd: 90000
routes: {alternatives: 6, presets: [trans_afghan, qtta]}
network: embedded
uncertainty: {draws: 8192, seed: 7}
criteria: {carbon_usd_per_t: 0, reliability: none}
"""
"""Every compulsory key; line 5 is the origin, line 11 the mass, line 13 the routes."""

NAMES = KnownNames(
    places=frozenset({"islamabad", "minsk", "karachi", "kabul"}),
    crossings=frozenset({"torkham", "chaman", "khunjerab"}),
    corridors=frozenset({"trans_afghan", "qtta", "iti"}),
    countries=frozenset({"PAK", "AFG", "BLR", "NOR", "RUS"}),
    vehicles=frozenset({"artic_euro5_40t"}),
    cargo_kinds=frozenset({"textiles", "tractors"}),
)


@pytest.fixture
def complete() -> str:
    """Text of a scenario without a fault."""
    return COMPLETE


@pytest.fixture
def names() -> KnownNames:
    """A handful of names, as the tables would know them."""
    return NAMES


@pytest.fixture
def complete_file(tmp_path: Path) -> Path:
    """A scenario file without a fault."""
    path = tmp_path / "complete.yaml"
    path.write_text(COMPLETE, encoding="utf-8")
    return path
