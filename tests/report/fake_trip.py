"""An invented assessment of Islamabad - Minsk: every number is made up, only the coordinates are real."""

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from corridor.analysis.assessment import Assessment, ClosedPost, Option, Stage
from corridor.analysis.calibration_summary import CalibrationSummary, ShippedCalibration
from corridor.analysis.measures import MeasureEffect
from corridor.analysis.sea_ways import SeaBenchmark
from corridor.analysis.trip_scores import Score
from corridor.costs.departures import Departures
from corridor.costs.ledger import CarbonRow, Ledger, MoneyRow, TimeRow
from corridor.evidence import (
    BorderCrossing,
    Corridor,
    Country,
    CpmmRecord,
    CrossingTime,
    Evidence,
    Fee,
    Parameter,
    ParameterDefinition,
    Place,
    PriceBasis,
    SideTime,
    Source,
    TruckSpeeds,
    Vehicle,
)
from corridor.evidence.crossings import Rung
from corridor.network.background import Background
from corridor.network.health import SourceFile
from corridor.network.summary import NetworkSummary
from corridor.scenario import Change, Measure, Scenario, parse_scenario
from corridor.scenario.measure import EffectRange

LINES = json.loads((Path(__file__).parent / "trip_lines.json").read_text(encoding="utf-8"))

HOURS_PER_DAY = 24.0
REST_PER_DRIVING_HOUR = 0.5
LITRES_PER_KM = 0.36
TTW_KG_PER_L, WTW_KG_PER_L = 2.67, 3.24
MASS_T = 18.0

COUNTRIES = {
    "PAK": ("Pakistan", 25.0, 0.96, "A"),
    "AFG": ("Afghanistan", 33.7, 0.9, "A"),
    "IRN": ("Iran", 57.0, 0.1, "D"),
    "TUR": ("Türkiye", 60.0, 1.1, "D"),
    "AZE": ("Azerbaijan", 53.3, 0.6, "A"),
    "RUS": ("Russia", 57.0, 0.85, "D"),
    "BLR": ("Belarus", 57.0, 0.8, "D"),
    "TKM": ("Turkmenistan", 53.5, 0.4, "A"),
    "UZB": ("Uzbekistan", 45.6, 0.9, "A"),
    "KAZ": ("Kazakhstan", 51.1, 0.6, "A"),
    "KGZ": ("Kyrgyzstan", 51.8, 0.8, "A"),
    "CHN": ("China", 45.0, 1.05, "D"),
    "TJK": ("Tajikistan", 34.6, 1.0, "A"),
    "BGR": ("Bulgaria", 62.0, 1.4, "D"),
    "ROU": ("Romania", 62.0, 1.5, "D"),
    "HUN": ("Hungary", 65.0, 1.6, "D"),
    "POL": ("Poland", 65.0, 1.5, "D"),
}
"""Country -> name, km/h, USD per litre, grade of the speed; invented."""


@dataclass(frozen=True)
class Post:
    """An invented border post: both sides take a third of the hours each way, the queue a third."""

    name: str
    countries: tuple[str, str]
    lon: float
    lat: float
    hours: float
    fee_usd: float | None
    rung: Rung = "measured"
    grade: str = "A"


POSTS = {
    "taftan": Post("Taftan-Mirjaveh", ("PAK", "IRN"), 61.55, 28.977, 45.0, 240.0),
    "astara": Post("Astara", ("IRN", "AZE"), 48.874, 38.44, 30.0, 180.0, "queue_evidence", "B"),
    "samur": Post("Samur/Yarag-Kazmalyar", ("AZE", "RUS"), 48.416, 41.639, 39.0, None, "queue_evidence", "B"),
    "krasnaya_gorka": Post("Krasnaya Gorka (M1)", ("RUS", "BLR"), 30.984, 54.688, 0.3, 0.0, "open_border", "D"),
    "sarakhs": Post("Sarahs", ("IRN", "TKM"), 61.15, 36.535, 18.0, 150.0),
    "farap": Post("Farap-Alat", ("TKM", "UZB"), 63.72, 39.27, 15.0, 120.0),
    "dautota": Post("Dautota-Tazhen", ("UZB", "KAZ"), 56.0, 44.83, 21.0, 95.0),
    "kurmangazy": Post("Kurmangazy-Karauzek", ("KAZ", "RUS"), 48.788, 46.54, 24.0, 20.0),
    "khunjerab": Post("Khunjerab", ("PAK", "CHN"), 75.428, 36.85, 27.0, 300.0, "country_average", "C"),
    "torugart": Post("Torugart", ("CHN", "KGZ"), 75.39, 40.55, 33.0, 170.0),
    "kordai": Post("Kordai-Ak Zhol", ("KGZ", "KAZ"), 74.69, 43.038, 9.0, 30.0),
    "zhaisan": Post("Zhaisan-Sagarchin", ("KAZ", "RUS"), 56.279, 50.906, 12.0, 20.0),
    "bazargan": Post("Bazargan-Gurbulak", ("IRN", "TUR"), 44.376, 39.411, 36.0, 210.0, "other_direction", "C"),
    "kapikule": Post("Kapitan Andreevo-Kapikule", ("TUR", "BGR"), 26.34, 41.717, 27.0, 90.0),
    "kozlovichi": Post("Kozlovichi-Koroszczyn", ("POL", "BLR"), 23.566, 52.116, 60.0, 130.0, "global_estimate", "D"),
    "torkham": Post("Torkham", ("PAK", "AFG"), 71.093, 34.124, 66.0, 280.0),
    "hairatan": Post("Hairatan-Termez bridge", ("AFG", "UZB"), 67.425, 37.228, 24.0, 260.0),
    "zhibek_zholy": Post("Gisht Kuprik-Zhibek Zholy", ("UZB", "KAZ"), 69.358, 41.472, 18.0, 80.0),
    "chaman": Post("Chaman-Spin Boldak", ("PAK", "AFG"), 66.4, 30.97, 54.0, 260.0),
    "torghundi": Post("Torghundi-Serhetabat", ("AFG", "TKM"), 62.3, 35.265, 24.0, 230.0),
    "kulma": Post("Kulma", ("CHN", "TJK"), 74.8, 38.15, 30.0, 160.0, "country_average", "C"),
    "karamyk": Post("Karamyk", ("TJK", "KGZ"), 71.78, 39.47, 9.0, 60.0),
    "dostuk": Post("Dostuk-Dustlik", ("KGZ", "UZB"), 72.77, 40.55, 9.0, 40.0),
}  # fmt: skip

VIGNETTES = ((1, "RUS", 16.0), (7, "RUS", 40.0))
"""Days, country and USD of invented vignettes, which the invented ledgers leave out."""

SPLITS = {("kapikule", "kozlovichi"): {"BGR": 0.3, "ROU": 0.3, "HUN": 0.15, "POL": 0.25}}
"""Legs through several countries without a post between them -> share of each."""

PLACES = {
    "islamabad": ("Islamabad", "PAK", 73.05, 33.69, 1_200_000),
    "minsk": ("Minsk", "BLR", 27.56, 53.9, 1_990_000),
    "karachi": ("Karachi", "PAK", 67.06, 24.9, 17_000_000),
    "quetta": ("Quetta", "PAK", 67.0, 30.18, 1_500_000),
    "tehran": ("Tehran", "IRN", 51.39, 35.69, 9_000_000),
    "baku": ("Baku", "AZE", 49.87, 40.41, 2_300_000),
    "tashkent": ("Tashkent", "UZB", 69.24, 41.3, 2_900_000),
    "almaty": ("Almaty", "KAZ", 76.9, 43.24, 2_200_000),
    "moscow": ("Moscow", "RUS", 37.62, 55.75, 13_000_000),
    "istanbul": ("Istanbul", "TUR", 28.98, 41.01, 15_600_000),
    "warsaw": ("Warsaw", "POL", 21.01, 52.23, 1_860_000),
    "kabul": ("Kabul", "AFG", 69.17, 34.53, 4_400_000),
    "volgograd": ("Volgograd", "RUS", 44.5, 48.7, 1_000_000),
}

CORRIDORS = {
    "iran_west": ("Iran - Azerbaijan - Russia", "R5", True),
    "iran_east": ("Iran - Turkmenistan - Kazakhstan", "R4", True),
    "qtta": ("Quadrilateral, China - Kyrgyzstan", "R3", True),
    "iti": ("Islamabad - Tehran - Istanbul", "R6", False),
    "trans_afghan": ("Trans-Afghan", "R1", True),
    "west_afghan": ("Western Afghan", "R2", False),
    "tajik": ("China - Tajikistan", "R7", False),
}

OPTIONS = {
    "A": ("qtta",),
    "B": ("iran_west",),
    "C": ("iran_east",),
    "D": ("iti",),
    "E": ("trans_afghan",),
    "F": ("west_afghan",),
    "G": ("tajik",),
}
CLOSED = {
    "E": ("torkham", "closed since 2025-10-12: all trade stopped after clashes"),
    "F": ("chaman", "closed since 2025-10-12: all trade stopped after clashes"),
    "G": ("kulma", "no Pakistani trucks let in"),
}

SCENARIO = """
id: islamabad-minsk
title: {title}
why: Which of the routes named at the April 2025 meeting should the two ministries open first?
trip: {{origin: islamabad, destination: minsk, departure: 2026-11-01}}
vehicle: {{type: artic_euro5_40t, plate: PAK, crew: 2, empty_return_share: 0.4}}
cargo: {{kind: textiles, mass_t: 18, value_usd: 90000}}
routes: {{alternatives: 4, presets: [trans_afghan, west_afghan, qtta, iran_east, iran_west, iti]}}
network: embedded
uncertainty: {{draws: 8192, seed: 7}}
criteria: {{carbon_usd_per_t: 0, reliability: none}}
"""


CPMM_ADDRESS = "https://example.org/cpmm"


CPMM = tuple(
    CpmmRecord("PAK", item, year, value, ("cpmm-2023",), "A", "")
    for item, year, value in (
        ("swod_km_per_h", 2022, 25.2),
        ("swod_km_per_h", 2023, 24.8),
        ("swd_km_per_h", 2022, 13.3),
        ("swd_km_per_h", 2023, 11.4),
        ("tfi1_h", 2023, 33.1),
        ("tfi3_usd", 2023, 569.0),
    )
)
"""Figures of Pakistan as CPMM has them, cut to two years."""


SHIPPED = ShippedCalibration(
    CalibrationSummary(
        made_from="0" * 64,
        naive_rule="500 km a day and 2 days at every post",
        targets=(),
        model=Score(n=3, bias_share=-0.075, mape_share=0.162, mdape_share=0.15, log_rmse=0.18),
        naive=Score(n=3, bias_share=0.1, mape_share=0.3, mdape_share=0.25, log_rmse=0.3),
        covered=2,
        band_share=0.4,
    ),
    is_current=True,
)
"""Invented scores of three trips."""


def build_evidence() -> Evidence:
    """Only the tables a report reads."""
    parameters = {(row.name, row.scope): row for row in _parameters()}
    units = dict.fromkeys(("entry_fee_usd", "long_stay_fee_usd"), "USD")
    units |= {name: row.unit for (name, _), row in parameters.items()}
    return Evidence(
        parameters=parameters,
        definitions={name: _definition(name, unit) for name, unit in units.items()},
        sources={
            "cpmm-2023": Source("cpmm-2023", "Invented report", "CAREC", 2023, CPMM_ADDRESS, date(2026, 5, 1)),
            "judged": Source("judged", "Judgement of the authors", "corridor", None, "", None),
        },
        countries={code: _country(code, row[0]) for code, row in COUNTRIES.items()},
        places={
            key: Place(key, name, country, lon, lat, "city", population, ())
            for key, (name, country, lon, lat, population) in PLACES.items()
        },
        crossings={key: _crossing(key, post) for key, post in POSTS.items()},
        ferries={},
        sea_routes={},
        vehicles={
            "artic_euro5_40t": Vehicle("artic_euro5_40t", "Truck", 40.0, 25.0, 5, 16.5, 4.0, "Euro V", (), "D", "")
        },
        cargo_kinds={},
        driver_rules={},
        events=(),
        eligibility=(),
        closed_days=(),
        truck_bans=(),
        corridors={
            key: Corridor(key, name, code, named_by_minister=named, posts=(), note="", source=())
            for key, (name, code, named) in CORRIDORS.items()
        },
        measured_times=(),
        queue_estimates=(),
        observed_trips=(),
        cpmm=CPMM,
        truck_speeds=TruckSpeeds({}, {}),
        status_overrides={},
        prices=PriceBasis(2025, {}, {}),
        as_of=date(2026, 5, 31),
    )  # fmt: skip


def _country(code: str, name: str) -> Country:
    return Country(code, code[:2], name, "", "", is_aetr_party=True, source=())


def _parameters() -> list[Parameter]:
    rows = [_parameter("swod_km_per_h", code, speed, "km/h", grade) for code, (_, speed, _, grade) in COUNTRIES.items()]
    rows += [_parameter("diesel_usd_per_l", code, row[2], "USD/l", "B") for code, row in COUNTRIES.items()]
    rows += [_parameter("fuel_l_per_100_km", "*", 36.0, "l/100 km", "D")]
    rows += [_parameter("default_wtw_g_per_t_km", "*", 95.0, "g CO2e/t-km", "B")]
    rows += [_parameter("default_uplift_share", "*", 0.2, "share", "B")]
    rows += [_parameter("driver_usd_per_h", "PAK", 2.5, "USD/h", "C")]
    rows += [_parameter("vignette_usd", f"{days}:{scope}", usd, "USD", "D") for days, scope, usd in VIGNETTES]
    return rows


def _parameter(name: str, scope: str, value: float, unit: str, grade: str) -> Parameter:
    source = ("cpmm-2023",) if grade == "A" else ("judged",)
    low, high, currency = value * 0.8, value * 1.3, "USD" if unit.startswith("USD") else ""
    return Parameter(name, scope, value, low, high, unit, currency, value, 2023, source, grade, "", price_year=2023)


def _definition(name: str, unit: str) -> ParameterDefinition:
    return ParameterDefinition(name, unit, "country", 0.0, 1e6, f"{name}, invented")


def _crossing(key: str, post: Post) -> BorderCrossing:
    a, b = post.countries
    third = SideTime(post.hours / 3, post.rung, 2023, ("cpmm-2023",), post.grade, "")
    fee = Fee(post.fee_usd, "unknown" if post.fee_usd is None else post.rung, 2023, ("cpmm-2023",), post.grade, "")
    times = CrossingTime(third, third, third, fee, fee)
    return BorderCrossing(
        key, post.name, a, b, post.lon, post.lat, "open", trucks=True, status_note="", source=(), note="",
        times={f"{a}-{b}": times, f"{b}-{a}": times},
    )  # fmt: skip


def build_option(label: str) -> Option:
    """One invented option along the real line of its posts."""
    stages = tuple(_stages(label))
    closed = CLOSED.get(label)
    ledger = _ledger(stages)
    return Option(
        label=label,
        departures=Departures(date(2026, 11, 1)),
        chain=tuple((stage.crossing_id, stage.direction) for stage in stages if stage.kind == "post"),
        corridors=OPTIONS[label],
        closed_posts=(ClosedPost(closed[0], "PAK-AFG", closed[1], ("cpmm-2023",)),) if closed else (),
        also_via=(("taftan", "bazargan"),) if label == "D" else (),
        plates=((0, "PAK"),),
        stages=stages,
        ledger=ledger,
        cargo_time_usd=ledger.time_h * 90000 * 0.004 / HOURS_PER_DAY,
        carbon_usd=0.0,
        shared_with_best_share=1.0,
    )


def _stages(label: str) -> list[Stage]:
    stages: list[Stage] = []
    start, length_km, points = "islamabad", 0.0, []
    for _, end, km, line in LINES[label]:
        length_km += km
        points += line
        if end in POSTS or end == "minsk":
            stages.append(_leg(start, end, length_km, points))
            if end in POSTS:
                stages.append(_post(end, stages[-1]))
            start, length_km, points = end, 0.0, []
    return stages


def _leg(start: str, end: str, length_km: float, points: list[list[float]]) -> Stage:
    shares = SPLITS.get((start, end)) or {_country_between(start, end): 1.0}
    lon, lat = np.array(points, dtype=float).T
    by_country = {country: length_km * share for country, share in shares.items()}
    return Stage("leg", f"{_name(start)} - {_name(end)}", "", "", length_km, by_country, lon, lat, start, end)


def _post(key: str, leg: Stage) -> Stage:
    post = POSTS[key]
    leaving = list(leg.length_km_by_country)[-1]
    entering = post.countries[1] if leaving == post.countries[0] else post.countries[0]
    gates = (f"{key}@{leaving}", f"{key}@{entering}")
    lon, lat = np.array([post.lon]), np.array([post.lat])
    return Stage("post", post.name, key, f"{leaving}-{entering}", 0.0, {}, lon, lat, *gates)


def _name(key: str) -> str:
    return POSTS[key].name if key in POSTS else PLACES[key][0]


def _country_between(start: str, end: str) -> str:
    def countries(key: str) -> set[str]:
        return set(POSTS[key].countries) if key in POSTS else {PLACES[key][1]}

    return sorted(countries(start) & countries(end))[0]


def _ledger(stages: tuple[Stage, ...]) -> Ledger:
    time: list[TimeRow] = []
    money: list[MoneyRow] = []
    carbon: list[CarbonRow] = []
    for number, stage in enumerate(stages):
        if stage.kind == "leg":
            for country, km in stage.length_km_by_country.items():
                _add_leg(number, country, km, time, money, carbon)
        else:
            _add_post(number, stage, time, money)
    return Ledger(tuple(time), tuple(money), tuple(carbon))


def _add_leg(
    number: int,
    country: str,
    km: float,
    time: list[TimeRow],
    money: list[MoneyRow],
    carbon: list[CarbonRow],
) -> None:
    _, speed, diesel, _ = COUNTRIES[country]
    drive_h, litres = km / speed, km * LITRES_PER_KM
    swod, price = f"parameters.swod_km_per_h.{country}", f"parameters.diesel_usd_per_l.{country}"
    burn = "parameters.fuel_l_per_100_km.*"
    time += [
        TimeRow(number, country, "drive", drive_h, (swod,)),
        TimeRow(number, country, "road_stops", km * 0.005, ()),
        TimeRow(number, country, "driver_rest", drive_h * REST_PER_DRIVING_HOUR, (swod,)),
    ]
    money += [
        MoneyRow(number, country, "fuel", litres * diesel, (price, burn)),
        MoneyRow(number, country, "driver", drive_h * 3.75, ("parameters.driver_usd_per_h.PAK",)),
        MoneyRow(number, country, "vehicle", drive_h * 4.5, ()),
        MoneyRow(number, country, "tyres_maintenance", km * 0.06, ()),
        MoneyRow(number, country, "toll", None if country in ("RUS", "KGZ") else km * 0.03, ()),
        MoneyRow(number, country, "empty_return", km * 0.18, (burn,)),
    ]
    carbon.append(CarbonRow(number, country, "fuel", litres, litres * TTW_KG_PER_L, litres * WTW_KG_PER_L, (burn,)))


def _add_post(number: int, stage: Stage, time: list[TimeRow], money: list[MoneyRow]) -> None:
    post = POSTS[stage.crossing_id]
    leaving, entering = stage.direction.split("-")
    key = f"crossings.{stage.crossing_id}.{stage.direction}"
    time += [
        TimeRow(number, leaving, "border_queue", post.hours / 3, (f"{key}.queue_h",)),
        TimeRow(number, leaving, "exit_side", post.hours / 3, (f"{key}.exit_side_h",)),
        TimeRow(number, entering, "entry_side", post.hours / 3, (f"{key}.entry_side_h",)),
    ]
    money += [
        MoneyRow(number, leaving, "driver", post.hours * 2.5, ("parameters.driver_usd_per_h.PAK",)),
        MoneyRow(number, leaving, "border_fee", post.fee_usd, (f"{key}.exit_fee_usd",)),
        MoneyRow(number, entering, "border_fee", post.fee_usd, (f"{key}.entry_fee_usd",)),
    ]


def build_network() -> NetworkSummary:
    """Health figures of an invented network, with a few background roads."""
    roads = [np.array(line, dtype=float) for option in LINES.values() for *_, line in option]
    return NetworkSummary(
        name="embedded",
        source="OpenStreetMap roads by way of scgraph-data 2.0.0",
        licence="ODbL 1.0",
        snapshot_of="2025",
        is_schematic=True,
        nodes=88_000,
        edges=257_000,
        length_km=1_200_000.0,
        repairs={"dead ends joined": 988, "holes closed": 31},
        length_error_share=0.052,
        files=(),
        mapped=(),
        background=Background(tuple(road + 0.4 for road in roads), np.zeros(len(roads), dtype=np.int8)),
    )


def build_scenario(*, title: str = "Islamabad to Minsk, textiles, autumn 2026") -> Scenario:
    """The scenario of the design document, with a title of one's own."""
    return parse_scenario(SCENARIO.format(title=json.dumps(title, ensure_ascii=False)))


def build_assessment(*, title: str = "Islamabad to Minsk, textiles, autumn 2026") -> Assessment:
    """Four open options and three closed presets."""
    options = {label: build_option(label) for label in OPTIONS}
    return Assessment(
        run_id="islamabad-minsk-0123abcd",
        scenario=build_scenario(title=title),
        changes=(Change("vehicle.crew", 1, 2, "--set"),),
        evidence=build_evidence(),
        network=build_network(),
        origin_name="Islamabad",
        origin_lon_lat=(73.05, 33.69),
        destination_name="Minsk",
        destination_lon_lat=(27.56, 53.9),
        shortest_km=6000.0,
        great_circle_km=4000.0,
        options=tuple(options[label] for label in "ABCD"),
        closed_options=tuple(options[label] for label in "EFG"),
        unreachable_corridors={},
        sea=SeaBenchmark((), {}, "The sea was not asked for."),
        notes=("No eligibility row for Pakistani trucks in Azerbaijan: driving assumed (grade D).",),
    )


HOSTILE_TEXT = "=cmd()|'/C calc'!A0 <script>alert(\"1\")</script> & 'quotes' ]]> \u202eRTL\u202c 🚛 " + 300 * "x"
"""A formula, a script, quotes, the end of a CDATA section, marks of direction, an emoji, and too long for a cell."""


def build_hostile_assessment(text: str = HOSTILE_TEXT) -> Assessment:
    """The invented trip with a text wherever a scenario, a measure, a table or a network may hold words."""
    fair = build_assessment()
    return replace(
        fair,
        scenario=fair.scenario.model_copy(update={"title": text, "why": text}),
        evidence=_hostile_evidence(fair.evidence, text),
        network=_hostile_network(fair.network, text),
        changes=(Change(f"override.{text}", text, text, text),),
        notes=(text,),
        origin_name=text,
        unreachable_corridors={"tajik": text},
        options=tuple(_with_hostile_stages(option, text) for option in fair.options),
        closed_options=tuple(_with_hostile_reasons(option, text) for option in fair.closed_options),
        measures=(_hostile_measure(text),),
        measure_effects=(MeasureEffect("fast-lane", ("fast-lane",), fair.options[0], fair.options[1]),),
    )


def _hostile_evidence(evidence: Evidence, text: str) -> Evidence:
    return replace(
        evidence,
        sources={key: replace(row, title=text, publisher=text) for key, row in evidence.sources.items()},
        parameters={key: replace(row, note=text) for key, row in evidence.parameters.items()},
        crossings={key: replace(row, name=text, note=text) for key, row in evidence.crossings.items()},
        corridors={key: replace(row, name=text) for key, row in evidence.corridors.items()},
        countries={key: replace(row, name=text) for key, row in evidence.countries.items()},
        places={key: replace(row, name=text) for key, row in evidence.places.items()},
    )


def _hostile_network(network: NetworkSummary, text: str) -> NetworkSummary:
    words = {"name": text, "source": text, "licence": text, "snapshot_of": text}
    return replace(network, **words, repairs={text: 1}, files=(SourceFile(text, text),))  # type: ignore[arg-type]


def _hostile_measure(text: str) -> Measure:
    """As no file could hold it: the words of a file are checked when it is read."""
    effect = EffectRange.model_construct(text=text, low=1.0, high=2.0, unit=text)
    words = {"title": text, "why": text, "source": ("judged",), "range": effect}
    return Measure.model_construct(id="fast-lane", kind="green_lane", grade="D", requires=(), **words)  # type: ignore[arg-type]


def _with_hostile_stages(option: Option, text: str) -> Option:
    return replace(option, stages=tuple(replace(stage, label=text) for stage in option.stages))


def _with_hostile_reasons(option: Option, text: str) -> Option:
    posts = tuple(replace(post, reason=text) for post in option.closed_posts)
    return replace(_with_hostile_stages(option, text), closed_posts=posts)
