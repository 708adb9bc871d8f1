"""Sentences of the report, made from numbers; nobody writes a number by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corridor.analysis.assessment import Assessment, Option
from corridor.costs.ledger import MONEY_COMPONENTS
from corridor.evidence import Evidence
from corridor.report.certainty import UNSETTLED, is_surely_best, is_surely_cheapest
from corridor.report.naming import country_name, short_corridor_names, short_post_name, via_text
from corridor.report.numerals import (
    HOURS_PER_DAY,
    KG_PER_T,
    NBSP,
    counted,
    days_text,
    hours_text,
    joined,
    km_text,
    share_text,
    tonnes_text,
    usd_text,
)
from corridor.report.profile import PostVisit, border_hours

AT_MEANS = "at mean inputs"
"""What every figure is labelled with until there are draws."""

LEFT_OUT = 'Totals marked "at least" leave out what is not known'
"""What a lower bound means, as the beginning of a sentence."""


def numbers_text(option: Option) -> str:
    """The three numbers of an option: USD, days, t CO2e."""
    usd = usd_text(option.ledger.money_usd, is_lower_bound=option.ledger.is_lower_bound)
    return f"{usd} per truck, {days_text(option.ledger.time_h)} and {tonnes_text(option.ledger.co2e_wtw_kg)}"


def headline(assessment: Assessment) -> str:
    """The verdict in one sentence, with the three numbers of the best option."""
    trip = f"from {assessment.origin_name} to {assessment.destination_name}"
    if not assessment.options:
        return f"No way {trip} is open on {day_text(assessment)}."
    best = assessment.options[0]
    via = via_text(best, assessment.all_options, assessment.evidence)
    return f"The best way {trip} is option{NBSP}{best.label}, {via}: {numbers_text(best)}."


def runner_up_sentence(assessment: Assessment) -> str:
    """What the option to compare the best one with is, and by how much it differs."""
    if len(assessment.options) < 2:
        return "There is no second open option to compare it with."
    best, second = assessment.options[0], compared_option(assessment)
    via = via_text(second, assessment.all_options, assessment.evidence)
    name = "best way on other roads" if assessment.rival else "runner-up"
    variants = variants_sentence(assessment)
    sentence = f"The {name} is option{NBSP}{second.label}, {via}: {numbers_text(second)}."
    return f"{variants}{sentence} {gap_sentence(best, second)}"


def compared_option(assessment: Assessment) -> Option:
    """The best open option on other roads; where all are variants of the best, the second."""
    return assessment.rival or assessment.options[1]


def variants_sentence(assessment: Assessment) -> str:
    """Which options rank before the rival and share most of their roads with the best; ends in a space."""
    rival = assessment.rival
    if rival is None:
        return ""
    variants = [option.label for option in assessment.options[1 : assessment.options.index(rival)]]
    if not variants:
        return ""
    verb = "runs" if len(variants) == 1 else "run"
    return f"{joined(variants)} {verb} mostly on the same roads. "


def gap_sentence(best: Option, second: Option) -> str:
    """Differences of the second option to the best one; says so where totals are lower bounds."""
    usd = gap_text(best, second)
    days = signed_days(second.ledger.time_h - best.ledger.time_h)
    tonnes = signed_tonnes(second.ledger.co2e_wtw_kg - best.ledger.co2e_wtw_kg)
    return f"Against {best.label} that is {usd}, {days} and {tonnes}."


def gap_text(best: Option, second: Option) -> str:
    """The difference in money of the second option to the best, as firmly as what is unknown allows."""
    gap = second.ledger.money_cell.minus(best.ledger.money_cell)
    text = signed_usd(gap.known_usd)
    if gap.reading == "exact":
        return text
    if (gap.reading, gap.known_usd > 0) in {("at least", True), ("at most", False)}:
        return f"at least {text}"
    return f"{text} on what is known"


def ranking_sentence(assessment: Assessment) -> str:
    """What the options are ranked by, and whether money or time alone would choose another one."""
    options = assessment.options
    rule = f"Ranked {AT_MEANS} by generalised cost: money, the value of the cargo's time and the price of carbon."
    if len(options) < 2:
        return rule
    cheapest = min(options, key=lambda option: option.ledger.money_usd)
    fastest = min(options, key=lambda option: option.ledger.time_h)
    doubt = "" if is_surely_cheapest(cheapest, options) else f" {UNSETTLED}"
    if cheapest is options[0] and fastest is options[0]:
        return f"{rule} {options[0].label} is also cheapest in money and fastest.{doubt}"
    return f"{rule} {cheapest.label} is cheapest in money alone, {fastest.label} is fastest.{doubt}"


def closed_sentence(assessment: Assessment) -> str:
    """Which presets cannot be used on the day, and where; empty if all can."""
    closed = [_closed_phrase(option, assessment.evidence) for option in assessment.closed_options]
    if not closed:
        return ""
    verb = "is" if len(closed) == 1 else "are"
    return f"Closed on {day_text(assessment)}: {joined(closed)}, which {verb} shown for comparison only."


def _closed_phrase(option: Option, evidence: Evidence) -> str:
    posts = dict.fromkeys(short_post_name(evidence.crossings[post.crossing_id].name) for post in option.closed_posts)
    name = short_corridor_names(option, evidence) or f"option {option.label}"
    return f"{name} at {joined(list(posts))}"


def day_text(assessment: Assessment) -> str:
    """The day of departure as a reader writes it: 1 November 2026."""
    day = assessment.scenario.trip.departure
    return f"{day.day} {day:%B %Y}"


def trip_facts(assessment: Assessment) -> tuple[str, ...]:
    """What moves and when, in short phrases."""
    scenario = assessment.scenario
    cargo, vehicle = scenario.cargo, scenario.vehicle
    kind = assessment.evidence.cargo_kinds.get(cargo.kind)
    plate = country_name(vehicle.plate, assessment.evidence)
    return (
        f"{kind.name if kind else cargo.kind}: {cargo.mass_t:g}{NBSP}t worth {cargo.value_usd:,.0f}{NBSP}USD",
        f"truck registered in {plate}, {counted(vehicle.crew, 'driver', 'drivers')}",
        f"departs {day_text(assessment)}",
    )


def signed_usd(usd: float) -> str:
    """A difference in money: "612 USD more", "78 USD less", "the same cost"."""
    return _signed(f"{abs(usd):,.0f}", "USD", usd, same="the same cost")


def signed_days(hours: float) -> str:
    """A difference in time: "2.4 days more"."""
    return _signed(f"{abs(hours) / HOURS_PER_DAY:.1f}", "days", hours, same="the same time")


def signed_tonnes(kg: float) -> str:
    """A difference in emissions: "0.3 t CO2e less"."""
    return _signed(f"{abs(kg) / KG_PER_T:.1f}", f"t{NBSP}CO₂e", kg, same="the same CO₂e")


def _signed(size: str, unit: str, difference: float, *, same: str) -> str:
    if float(size.replace(",", "")) == 0:
        return same
    return f"{size}{NBSP}{unit} {'more' if difference > 0 else 'less'}"


def map_title(assessment: Assessment) -> str:
    """What the map shows: how many ways there are, and the range of days."""
    hours = [option.ledger.time_h for option in assessment.options]
    if not hours:
        return f"No way is open on {day_text(assessment)}; {len(assessment.closed_options)} closed ones are shown"
    ways = counted(len(hours), "open way", "open ways")
    days = dict.fromkeys(f"{each / HOURS_PER_DAY:.0f}" for each in (min(hours), max(hours)))
    return f"{ways} from {assessment.origin_name} to {assessment.destination_name}, {' to '.join(days)} days"


def time_title(assessment: Assessment) -> str:
    """How much of the best option's time passes at borders."""
    best = assessment.all_options[0]
    share = share_text(border_hours(best) / best.ledger.time_h)
    return f"Option {best.label}: {share} of {days_text(best.ledger.time_h)} pass at border posts"


def longest_post_text(visits: Sequence[PostVisit], label: str) -> str:
    """The post at which an option loses most time."""
    if not visits:
        return f"Option {label} crosses no post."
    worst = max(visits, key=lambda visit: visit.hours)
    return f"Longest stop of {label}: {short_post_name(worst.name)}, {hours_text(worst.hours)}."


def cost_title(assessment: Assessment) -> str:
    """Range of money over the open options."""
    options = assessment.options or assessment.closed_options
    least = min(options, key=lambda option: option.ledger.money_usd)
    most = max(options, key=lambda option: option.ledger.money_usd)
    text = usd_text(least.ledger.money_usd, is_lower_bound=least.ledger.is_lower_bound)
    if least is most:
        return f"Option {least.label} costs {text} per truck"
    gap = most.ledger.money_usd - least.ledger.money_usd
    known = "" if is_surely_cheapest(least, options) else " on what is known"
    return f"Option {least.label} costs least{known}, {text}; {most.label} costs {gap:,.0f}{NBSP}USD more"


def largest_part_title(label: str, parts: Mapping[str, float], *, of_what: str) -> str:
    """The largest part of a total: "The largest part of A's cost is fuel, 41 %"."""
    total = sum(parts.values())
    if total <= 0:
        return f"Nothing is known about {label}'s {of_what}"
    name = max(parts, key=lambda part: parts[part])
    return f"The largest part of {label}'s {of_what} is {name}, {share_text(parts[name] / total)}"


def unknown_sentence(assessment: Assessment) -> str:
    """What the totals marked "at least" leave out; empty where nothing is unknown."""
    toll_km = _most_toll_km(assessment)
    places: dict[str, set[str]] = {}
    for option in assessment.all_options:
        for component, code in option.ledger.unknown_components:
            km = f" (up to {km_text(toll_km[code])})" if component == "toll" and toll_km.get(code) else ""
            places.setdefault(component, set()).add(country_name(code, assessment.evidence) + km)
    if not places:
        return ""
    phrases = [f"{component_phrase(key)} in {joined(sorted(places[key]))}" for key in MONEY_COMPONENTS if key in places]
    return f"{LEFT_OUT}: {'; '.join(phrases)}."


def _most_toll_km(assessment: Assessment) -> dict[str, float]:
    """Country -> most km that any option drives there without a known toll."""
    most: dict[str, float] = {}
    for option in assessment.all_options:
        for code, km in option.ledger.unknown_toll_km.items():
            most[code] = max(km, most.get(code, 0.0))
    return most


def component_phrase(component: str, names: Mapping[str, str] = MONEY_COMPONENTS) -> str:
    """A component inside a sentence: its name without what follows a comma."""
    name = names.get(component, component).split(",")[0]
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def ranking_title(assessment: Assessment) -> str:
    """By how much the best option leads, in generalised cost."""
    options = assessment.options
    if not options:
        return "Nothing to rank"
    if len(options) == 1:
        return f"Option {options[0].label} is the only open one"
    gap = options[1].generalised_cost_usd - options[0].generalised_cost_usd
    known = "" if is_surely_best(options) else " on what is known"
    return f"{options[0].label} leads {options[1].label} by {gap:,.0f}{NBSP}USD of generalised cost{known}"


def closed_title(assessment: Assessment) -> str:
    """How many presets are closed on the day, and how many have no figures at all."""
    closed, without = len(assessment.closed_options), len(assessment.unreachable_corridors)
    if not closed:
        return f"{counted(without, 'corridor has', 'corridors have')} no figures"
    title = f"{counted(closed, 'corridor is', 'corridors are')} closed on {day_text(assessment)}"
    return f"{title}, {counted(without, 'has', 'have')} no figures" if without else title
