"""The tables of closed days and of bans on trucks: every fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from corridor.errors import DataError
from corridor.evidence import Evidence, find_figures
from corridor.evidence.calendar_tables import read_closed_days, read_truck_bans

CLOSED = "crossing,first_day,last_day,reason,source,grade,note\n"
BANS = "id,country,weekdays,from_h,hours,months,over_t,day_share,source,grade,note\n"


def closed_faults(tmp_path: Path, evidence: Evidence, *rows: str) -> str:
    path = tmp_path / "closed_days.csv"
    path.write_text(CLOSED + "\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_closed_days(path, evidence.sources, evidence.crossings)
    return str(caught.value)


def ban_faults(tmp_path: Path, evidence: Evidence, row: str) -> str:
    path = tmp_path / "truck_bans.csv"
    path.write_text(BANS + row + "\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_truck_bans(path, evidence.sources, evidence.countries)
    return str(caught.value)


def test_all_faults_of_closed_days_are_told_at_once(tmp_path: Path, evidence: Evidence) -> None:
    message = closed_faults(
        tmp_path,
        evidence,
        "kunjerab,2027-02-05,2027-02-10,festival,judgement,D,",
        "khunjerab,2027-02-10,2027-02-05,festival,judgement,D,",
        "taftan,2027-03-20,2027-04-02,Nowruz,judgement,D,",
        "taftan,2027-04-01,2027-04-03,Nowruz,nobody,D,",
    )
    assert "2: crossing: unknown post 'kunjerab'" in message
    assert "'khunjerab'" in message  # what was meant
    assert "3: last_day: expected 2027-02-10 or later, got 2027-02-05" in message
    assert "5: first_day: expected a day after 2027-04-02, the last of line 4, got 2027-04-01" in message
    assert "5: source: unknown source 'nobody'" in message


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("a,GER,7,0,22,,7.5,1,judgement,D,", "country: unknown country 'GER'"),
        (
            "a,DEU,0,0,22,,7.5,1,judgement,D,",
            "weekdays: expected numbers from 1 to 7, joined by ';', got '0'. Correct",
        ),
        ("a,DEU,7,0,22,13,7.5,1,judgement,D,", "months: expected numbers from 1 to 12, joined by ';', got '13'"),
        ("a,DEU,7,25,22,,7.5,1,judgement,D,", "from_h: expected 0 to 24, got 25"),
        (
            "a,DEU,6;7,0,84,,7.5,1,judgement,D,",
            "hours: expected above 0 and below 84, when it begins again, got 84. Correct",
        ),
    ],
)
def test_a_ban_with_a_fault_is_refused(tmp_path: Path, evidence: Evidence, row: str, fault: str) -> None:
    assert fault in ban_faults(tmp_path, evidence, row)


def test_every_row_is_a_figure_under_its_key(evidence: Evidence) -> None:
    keys = [*(days.key for days in evidence.closed_days), *(ban.key for ban in evidence.truck_bans)]
    assert keys
    for key in keys:
        (figure,) = find_figures(key, evidence)
        assert figure.key == key
        assert figure.source
    for days in evidence.closed_days:
        assert days.key in {figure.key for figure in find_figures(f"closed_days.{days.crossing}", evidence)}
