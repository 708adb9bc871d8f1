from __future__ import annotations

import pytest

from corridor.scenario import KnownNames, ScenarioFileError, parse_scenario


def faults(text: str, known: KnownNames | None) -> list[str]:
    with pytest.raises(ScenarioFileError) as caught:
        parse_scenario(text, known=known, label="x.yaml")
    assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.faults]
    assert caught.value.exit_status == 2
    return str(caught.value).splitlines()


def test_a_complete_scenario_has_no_fault(complete: str, names: KnownNames) -> None:
    scenario = parse_scenario(complete, known=names)
    assert scenario.cargo.mass_t == 18.0
    assert scenario.trip.departure.isoformat() == "2026-11-01"
    assert scenario.routes.presets == ("trans_afghan", "qtta")
    assert (scenario.routes.via, scenario.routes.avoid.posts, scenario.measures, dict(scenario.override)) == (
        (),
        (),
        (),
        {},
    )


MISTAKES = [
    (
        "plate: PAK",
        "plate: NO",
        ("8: vehicle.plate: unknown country; expected an ISO alpha-3 code, got 'NO'. Did you mean 'NOR'?"),
    ),
    (
        "origin: islamabad",
        "origin: islambad",
        (
            "5: trip.origin: unknown place; expected the id of a place or "
            "\"lon,lat\" in quotes, got 'islambad'. Did you mean 'islamabad'?"
        ),
    ),
    (
        "origin: islamabad",
        "origin: 73.0,91",
        (
            "5: trip.origin: not on the globe; expected a longitude from -180 to 180, "
            "then a latitude from -90 to 90, got '73.0,91'. Write lon,lat in this order."
        ),
    ),
    (
        "origin: islamabad",
        "origin: minsk",
        (
            "4: trip: origin and destination are one; expected two different places, "
            "got 'minsk' twice. Change one of the two."
        ),
    ),
    (
        "departure: 2026-11-01",
        "departure: 2026-11-31",
        ("7: trip.departure: no such day; expected a day like 2026-11-01, got '2026-11-31'. Check the calendar."),
    ),
    (
        "departure: 2026-11-01",
        "departure: 1 November",
        ("7: trip.departure: not a day; expected a day like 2026-11-01, got '1 November'. Write year-month-day."),
    ),
    (
        "departure: 2026-11-01",
        "departure: 20261101",
        ("7: trip.departure: wrong kind of value; expected a day like 2026-11-01, got 20261101. Correct the value."),
    ),
    ("crew: 2", "crew: 3", "8: vehicle.crew: out of range; expected 1 or 2 drivers, got 3. Correct the value."),
    (
        "crew: 2",
        "crew: true",
        "8: vehicle.crew: wrong kind of value; expected 1 or 2 drivers, got true. Correct the value.",
    ),
    (
        "share: 0.4",
        "share: 40",
        (
            "8: vehicle.empty_return_share: out of range; expected a share from 0 to 1 (40 % is "
            "0.4), got 40. Correct the value."
        ),
    ),
    (
        "type: artic_euro5_40t",
        "type: artic",
        ("8: vehicle.type: unknown vehicle; expected the id of a vehicle type, got 'artic'. Known: artic_euro5_40t."),
    ),
    (
        "kind: textiles",
        "kind: textile",
        ("10: cargo.kind: unknown cargo; expected the id of a cargo kind, got 'textile'. Did you mean 'textiles'?"),
    ),
    (
        "mass_t: 18",
        "mass_t: 0",
        ("11: cargo.mass_t: out of range; expected a number of tonnes above 0, got 0. Correct the value."),
    ),
    (
        "mass_t: 18",
        "mass_t: '18'",
        (
            "11: cargo.mass_t: wrong kind of value; expected a number of tonnes above 0, got "
            "'18'. Write it without quotes."
        ),
    ),
    (
        "mass_t: 18",
        "mass_t: .inf",
        ("11: cargo.mass_t: not finite; expected a number of tonnes above 0, got inf. Correct the value."),
    ),
    (
        "mass_t: 18",
        "mass: 18",
        ("11: cargo.mass: unknown key; expected one of kind, mass_t, value_usd, got 'mass'. Did you mean 'mass_t'?"),
    ),
    (
        "value_usd: 90000",
        "value_usd:",
        (
            "12: cargo.value_usd: missing; expected a number of US dollars above 0, got "
            "nothing. Add it, or extend a scenario that has it."
        ),
    ),
    (
        "value_usd: 90000",
        "value_usd: [1]",
        (
            "12: cargo.value_usd: wrong kind of value; expected a number of US dollars "
            "above 0, got a list. Correct the value."
        ),
    ),
    (
        "alternatives: 6",
        "alternatives: 0",
        ("13: routes.alternatives: out of range; expected a whole number from 1 to 20, got 0. Correct the value."),
    ),
    (
        "alternatives: 6",
        "alternatives: 1.5",
        (
            "13: routes.alternatives: wrong kind of value; expected a whole number "
            "from 1 to 20, got 1.5. Correct the value."
        ),
    ),
    (
        "presets: [trans_afghan, qtta]",
        "presets: [trans_afgan]",
        (
            "13: routes.presets[0]: unknown corridor; expected the "
            "id of a corridor, got 'trans_afgan'. Did you mean 'trans_afghan'?"
        ),
    ),
    (
        "presets: [trans_afghan, qtta]",
        "presets: [qtta, iti, qtta]",
        ("13: routes.presets: repeated name; expected each name once, got 'qtta' twice. Remove one."),
    ),
    (
        "presets: [trans_afghan, qtta]",
        "presets: qtta",
        ("13: routes.presets: wrong kind of value; expected a list of corridor ids, got 'qtta'. Correct the value."),
    ),
    (
        "presets: [trans_afghan, qtta]",
        "presets: [], via: [torkam]",
        (
            "13: routes.via[0]: unknown place or post; expected "
            "the id of a place or post, got 'torkam'. Did you mean 'torkham'?"
        ),
    ),
    (
        "presets: [trans_afghan, qtta]",
        "presets: [], avoid: {posts: [kabul]}",
        (
            "13: routes.avoid.posts[0]: unknown post; "
            "expected the id of a border post, got 'kabul'. Known: chaman, khunjerab, torkham."
        ),
    ),
    (
        "presets: [trans_afghan, qtta]",
        "presets: [], via: [torkham], avoid: {posts: [torkham]}",
        (
            "13: routes: via and "
            "avoid contradict; expected each post in one of the two, got 'torkham' in both. "
            "Remove it from one of the two."
        ),
    ),
    (
        "network: embedded",
        "network: 5",
        (
            "14: network: wrong kind of value; expected embedded or the folder of a built "
            "network, got 5. Put it in quotes if it is meant as text."
        ),
    ),
    (
        "network: embedded",
        "network: embedded\nmeasures: green_lane",
        "15: measures: wrong kind of value; expected a list of measures, got 'green_lane'. Correct the value.",
    ),
    (
        "network: embedded",
        "network: embedded\nmeasures: [3]",
        (
            "15: measures[0]: wrong kind of value; expected the id of a bundled measure, or a .yaml file, got 3. "
            "Put it in quotes if it is meant as text."
        ),
    ),
    (
        "network: embedded",
        "network: embedded\noverride: {a.b: true}",
        (
            "15: override.a.b: wrong kind of value; expected a "
            "number or a word, got true. Write dotted keys on one level, e.g. crossings.torkham.PAK-AFG.queue_h: 12."
        ),
    ),
    (
        "draws: 8192",
        "draws: 5000",
        ("15: uncertainty.draws: not a power of two; expected 4096 or 8192, got 5000. Write the one you prefer."),
    ),
    (
        "draws: 8192",
        "draws: 0",
        (
            "15: uncertainty.draws: out of range; expected a power of two from 1 to 1048576, e.g. "
            "8192, got 0. Correct the value."
        ),
    ),
    (
        "carbon_usd_per_t: 0",
        "carbon_usd_per_t: -1",
        ("16: criteria.carbon_usd_per_t: out of range; expected a number from 0, got -1. Correct the value."),
    ),
    (
        "reliability: none",
        "reliability: p80",
        (
            "16: criteria.reliability: not a choice; expected none, the only choice of "
            "this version, got 'p80'. Correct the value."
        ),
    ),
    (
        "id: islamabad-minsk",
        "id: ../../etc",
        (
            "1: id: not well formed; expected lower-case letters, digits and hyphens, at "
            "most 63, got '../../etc'. It names the results' folder."
        ),
    ),
    (
        "id: islamabad-minsk",
        f"id: {'a' * 64}",
        (
            "1: id: too long; expected lower-case letters, digits and hyphens, at most "
            f"63, got '{'a' * 55}...'. It names the results' folder."
        ),
    ),
    (
        "title: Islamabad to Minsk",
        "title: 2026",
        (
            "2: title: wrong kind of value; expected text of 1 to 200 characters, got "
            "2026. Put it in quotes if it is meant as text."
        ),
    ),
    (
        "title: Islamabad to Minsk",
        "title: ''",
        ("2: title: empty or unprintable; expected printable text, got ''. Write a sentence for the reader."),
    ),
]


@pytest.mark.parametrize(("right", "wrong", "message"), MISTAKES)
def test_a_mistake_is_told_with_its_line_and_its_cure(
    complete: str, names: KnownNames, right: str, wrong: str, message: str
) -> None:
    assert f"x.yaml:{message}" in faults(complete.replace(right, wrong), names)


def test_one_mistake_is_one_fault(complete: str, names: KnownNames) -> None:
    assert len(faults(complete.replace("plate: PAK", "plate: NO"), names)) == 1


def test_all_faults_are_told_at_once_in_the_order_of_the_file(complete: str, names: KnownNames) -> None:
    text = complete.replace("crew: 2", "crew: 3").replace("minsk\n", "mnsk\n").replace("seed: 7", "seed: x")
    text = f"{text}colour: red\n".replace("mass_t: 18", "mass_t: !!float 18\n  mass_t: 18")
    assert [fault.split(": ")[0] for fault in faults(text, names)] == [
        "x.yaml:6",
        "x.yaml:8",
        "x.yaml:11",
        "x.yaml:12",
        "x.yaml:16",
        "x.yaml:18",
    ]


def test_a_pair_of_degrees_without_quotes_in_braces_is_explained(complete: str, names: KnownNames) -> None:
    block = "trip:\n  origin: islamabad\n  destination: minsk\n  departure: 2026-11-01\n"
    flow = "trip: {origin: 61.5,29, destination: minsk, departure: 2026-11-01}\n"
    assert faults(complete.replace(block, flow), names) == [
        (
            "x.yaml:4: trip.29: unknown key; expected one of origin, destination, departure, got '29'. "
            'Put a pair of degrees in quotes: "lon,lat".'
        ),
        (
            'x.yaml:4: trip.origin: wrong kind of value; expected the id of a place or "lon,lat" in quotes, got 61.5. '
            "Put it in quotes if it is meant as text."
        ),
    ]


def test_an_unknown_key_without_a_value_is_a_fault_too(complete: str) -> None:
    assert "unknown key" in faults(f"{complete}colour:\n", None)[0]


def test_a_pair_of_degrees_needs_no_place_of_that_name(complete: str, names: KnownNames) -> None:
    text = complete.replace("origin: islamabad", 'origin: "-9.5,38"')
    assert parse_scenario(text, known=names).trip.origin == "-9.5,38"


def test_a_stop_may_be_a_place_or_a_post(complete: str, names: KnownNames) -> None:
    text = complete.replace("presets:", "via: [torkham, kabul], presets:")
    assert parse_scenario(text, known=names).routes.via == ("torkham", "kabul")


def test_without_tables_only_the_form_of_names_is_checked(complete: str) -> None:
    assert parse_scenario(complete.replace("minsk\n", "mnsk\n"), known=None).trip.destination == "mnsk"
    assert "unknown country" in faults(complete.replace("plate: PAK", "plate: PK"), None)[0]


def test_nothing_that_matters_has_a_default() -> None:
    missing = [fault.split(": ")[1] for fault in faults("network: embedded\n", None)]
    assert missing == ["id", "title", "why", "trip", "vehicle", "cargo", "routes", "uncertainty", "criteria"]


@pytest.mark.parametrize("text", ["", "hello", "- a\n- b\n", "5"])
def test_what_is_no_mapping_is_no_scenario(text: str) -> None:
    assert "expected a mapping with id, title, why, trip" in faults(text, None)[0]


def test_markup_in_a_title_is_text_like_any_other(complete: str) -> None:
    title = "<script>alert('x')</script> & more"
    assert parse_scenario(complete.replace("Islamabad to Minsk", title)).title == title


def test_titles_may_be_in_urdu_and_russian(complete: str) -> None:
    title = "اسلام‌آباد سے منسک, Исламабад - Минск"
    assert parse_scenario(complete.replace("Islamabad to Minsk", title)).title == title


def test_folded_text_becomes_one_line(complete: str) -> None:
    text = complete.replace("why: Which route should be opened first?", "why: |\n  Which  route\n  first?\n")
    assert parse_scenario(text).why == "Which route first?"


def test_control_characters_are_refused_and_not_printed(complete: str) -> None:
    fault = faults(complete.replace("Islamabad to Minsk", '"\\e[31m red"'), None)[0]
    assert "\x1b" not in fault


def test_an_avalanche_of_faults_is_cut_short_in_the_message_only() -> None:
    with pytest.raises(ScenarioFileError) as caught:
        parse_scenario("".join(f"k{number}: 1\n" for number in range(500)))
    assert str(caught.value).endswith("... and 310 more faults.")  # 500 unknown + 10 missing - 200 listed
    assert len(caught.value.faults) == 510


def test_the_error_survives_the_way_between_two_processes() -> None:
    import pickle

    with pytest.raises(ScenarioFileError) as caught:
        parse_scenario("id: A\n")
    assert pickle.loads(pickle.dumps(caught.value)).faults == caught.value.faults  # noqa: S301 - our own bytes
