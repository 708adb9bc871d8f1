"""Sea routes of containers: what the table says and refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from corridor.errors import DataError
from corridor.evidence import PORT_OF_PAKISTAN, Evidence, read_evidence
from tests.evidence.conftest import add_rows


def test_days_are_hours_once_read(evidence: Evidence) -> None:
    voyage = evidence.sea_routes["st_petersburg"].voyages["out"]
    assert voyage.sail_h.value == 35 * 24
    assert (voyage.port_h.low, voyage.port_h.high) == (5 * 24, 14 * 24)


def test_the_days_to_the_black_sea_keep_the_pace_of_st_petersburg(evidence: Evidence) -> None:
    for port in ("novorossiysk", "constanta"):
        voyage = evidence.sea_routes[port].voyages["out"]
        assert voyage.sea_km.value is not None
        days = voyage.sea_km.value / (13_796 / 35)  # 394 km a day
        assert voyage.sail_h.value == pytest.approx(24 * days, abs=24 * 0.05)


def test_what_was_not_found_is_unknown_and_not_zero(evidence: Evidence) -> None:
    assert evidence.sea_routes["bandar_abbas"].voyages["out"].freight_usd.value is None
    assert all(route.voyages["out"].handling_usd.value is None for route in evidence.sea_routes.values())


def test_every_port_is_a_place(evidence: Evidence) -> None:
    assert {PORT_OF_PAKISTAN, *evidence.sea_routes} <= set(evidence.places)


def test_faults_of_sea_routes_come_with_their_lines(tables: Path) -> None:
    line = add_rows(
        tables / "sea_routes.csv",
        "klaipeeda,out,sail_days,30,,,,judgement,D,",
        "riga,out,sail_days,30,40,50,,judgement,D,",
    )
    with pytest.raises(DataError) as caught:
        read_evidence(tables)
    assert str(caught.value).splitlines() == [
        f"sea_routes.csv:{line}: port: unknown place 'klaipeeda'. Did you mean 'klaipeda'?",
        f"sea_routes.csv:{line + 1}: expected low <= value <= high, got low 40, value 30, high 50. Correct the row.",
    ]


def test_a_voyage_without_its_days_is_refused(tables: Path) -> None:
    add_rows(tables / "sea_routes.csv", "riga,out,sea_km,13000,,,,judgement,D,")
    with pytest.raises(DataError, match=r"riga out: no row for sail_days, port_days; expected one each"):
        read_evidence(tables)
