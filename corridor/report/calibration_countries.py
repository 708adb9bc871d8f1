"""Sections of the calibration page on countries and posts: speeds, hours, costs, and why they miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corridor.analysis.calibration import CountryComparison, CpmmComparison
from corridor.analysis.calibration_posts import PostComparison, SideUse
from corridor.costs.ledger import MONEY_COMPONENTS
from corridor.report.sections import Section

WAYS = {"exit": "out", "entry": "in"}
COST_TAIL = ("without", "verdict", "nor empty way", "verdict", "fees a side", "CPMM", "verdict")


def speed_section(countries: Sequence[CountryComparison], name: Mapping[str, str]) -> Section:
    """Speeds without and with delay by country."""
    rows = [
        (
            name[row.country],
            str(row.totals.passages),
            number_or_dash(row.totals.km_per_passage, 0),
            *_cells(row.measures.get("swod")),
            *_cells(row.measures.get("swd_stops")),
            number_or_dash(row.totals.swd_door_km_per_h, 1),
        )
        for row in countries
    ]
    header = ("country", "passages", "km each", *_header("SWOD"), *_header("SWD with stops"), "SWD door to door")
    return Section(
        "Speeds by country, km/h",
        "SWOD is distance over hours driven. SWD with stops adds road stops and the hours at the sides of posts in the "
        "country, which is what CPMM's speed with delay holds; SWD door to door adds drivers' rest and the change of "
        "tractor, and CPMM has nothing to hold it against. Each first figure is the ratio of sums over all passages, "
        "the second the mean of the options' own ratios. SWD depends on the length of a passage: the same hours at the "
        "border weigh less on a longer one. CPMM's SWOD of China is that of motorways; most of these ways lead over "
        "the passes around Kashgar, for which the model has a speed of its own (`swod_mountain_km_per_h`, judged).",
        header,
        tuple(rows),
    )


def hours_section(countries: Sequence[CountryComparison], name: Mapping[str, str]) -> Section:
    """Hours a side by country, both ways, out and in."""
    rows = [
        (name[row.country], *(cell for key in ("side_h", "exit_side_h", "entry_side_h") for cell in _hours(row, key)))
        for row in countries
    ]
    header = [
        "country",
        *(f"{column}, {way}" for way in ("all", "out", "in") for column in ("model", "CPMM", "verdict")),
    ]
    return Section(
        "Hours a side of a border post, by country",
        "CPMM's TFI1 is measured per side, from entry to exit of one country's post, the queue included. The model's "
        "mean is over the sides that these ways pass, each as often as it is passed; CPMM's is over the trips that its "
        "associations report. Ranges are those of the years published from 2019 to 2023.",
        tuple(header),
        tuple(rows),
    )


def cost_section(countries: Sequence[CountryComparison], name: Mapping[str, str]) -> Section:
    """Cost per 500 km and 20 t, with and without border fees, and fees a side."""
    rows = [
        (
            name[row.country],
            *_cells(row.measures.get("tfi3")),
            *_haul(row.measures.get("tfi3_haul")),
            *_haul(row.measures.get("tfi3_loaded")),
            *_hours(row, "side_fee"),
        )
        for row in countries
    ]
    header = ("country", *_header("with border fees"), *COST_TAIL)
    return Section(
        "USD per 500 km and 20 t, by country",
        "All known money in the country x 500 / km x 20 / t of cargo, beside TFI3. The model counts what a haul costs; "
        "TFI3 is taken to be a price, and it may or may not hold border fees and the empty way back, so it is shown "
        "with all, without border fees, and without the empty way back either. Fees once a trip stand in the country "
        "of origin. TFI2 is per side. In China, Kazakhstan and Kyrgyzstan TFI3 about doubled or more in the pandemic; "
        "a sum of costs does not follow such prices, and it lies below those of 2019 too.",
        header,
        tuple(rows),
    )


def component_section(countries: Sequence[CountryComparison], name: Mapping[str, str]) -> Section:
    """What the cost per 500 km and 20 t is made of."""
    used = {component for row in countries for component, usd in row.totals.usd_by_component.items() if usd > 0}
    components = [component for component in MONEY_COMPONENTS if component in used]
    rows = [
        (
            name[row.country],
            *(
                number_or_dash(row.totals.per_500_km_20_t(row.totals.usd_by_component.get(key, 0.0)), 0)
                for key in components
            ),
        )
        for row in countries
    ]
    return Section(
        "What USD per 500 km and 20 t are made of",
        "",
        ("country", *(MONEY_COMPONENTS[key] for key in components)),
        tuple(rows),
    )


def post_section(posts: Sequence[PostComparison], name: Mapping[str, str]) -> Section:
    """Hours of the model at every side of a post that CPMM measured, year by year."""
    rows = [
        (
            name[post.crossing],
            post.direction,
            post.country,
            WAYS[post.movement],
            f"{post.modelled_h:.1f}",
            ", ".join(f"{row.year} {row.hours:g}{'*' if row.use != 'yes' else ''}" for row in post.published),
            post.rung.replace("_", " "),
            post.verdict,
        )
        for post in posts
    ]
    return Section(
        "Hours by post",
        "These hours are inputs: a measured side agrees with itself, which is no success of the model. Years marked * "
        "are shown and not used, as pandemic spikes or for the reason in `crossing_times.csv`.",
        ("post", "direction", "side", "way", "model h", "TFI1 h by year", "evidence taken", "verdict"),
        tuple(rows),
    )


def side_section(sides: Sequence[SideUse], name: Mapping[str, str]) -> Section:
    """The sides of posts behind the hours by country."""
    rows = [
        (
            name[side.country],
            name[side.crossing],
            WAYS[side.movement],
            f"{side.hours:.1f}",
            str(side.times),
            side.rung.replace("_", " "),
            side.grade,
        )
        for side in sides
    ]
    return Section(
        "Sides behind the hours by country",
        "Queue evidence is a judgement for posts that nobody has measured (grade D), or news of bad days.",
        ("country", "post", "way", "h", "times passed", "evidence", "grade"),
        tuple(rows),
    )


def _header(what: str) -> tuple[str, ...]:
    return what, "mean of options", "CPMM", "off", "years", "verdict"


def _cells(comparison: CpmmComparison | None) -> tuple[str, ...]:
    """Both means of the model, CPMM's latest with its year, how far off, its range, and the verdict."""
    if comparison is None:
        return ("-",) * 6
    decimals, latest = comparison.measure.decimals, comparison.latest
    return (
        f"{comparison.modelled:,.{decimals}f}",
        f"{comparison.mean_of_options:,.{decimals}f}",
        f"{latest.value:,.{decimals}f} ({latest.year})",
        f"{comparison.off_share:+.0%}",
        years_text(comparison),
        comparison.verdict,
    )


def _haul(comparison: CpmmComparison | None) -> tuple[str, str]:
    return ("-", "-") if comparison is None else (f"{comparison.modelled:,.0f}", comparison.verdict)


def _hours(row: CountryComparison, key: str) -> tuple[str, str, str]:
    comparison = row.measures.get(key)
    if comparison is None:
        return "-", "-", "-"
    decimals = comparison.measure.decimals
    published = f"{comparison.latest.value:,.{decimals}f} ({comparison.latest.year}), {years_text(comparison)}"
    return f"{comparison.modelled:,.{decimals}f}", published, comparison.verdict


def years_text(comparison: CpmmComparison) -> str:
    """Range of the years published."""
    decimals = comparison.measure.decimals
    if len(comparison.published) == 1:
        return f"{comparison.low:,.{decimals}f}, one year"
    return f"{comparison.low:,.{decimals}f}-{comparison.high:,.{decimals}f}"


def number_or_dash(value: float | None, decimals: int) -> str:
    """A number, or a dash where there is none."""
    return "-" if value is None else f"{value:,.{decimals}f}"
