"""Break-evens in sentences, and what each country could ask: how far a number moves before another option is better."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.analysis.assessment import Assessment
from corridor.futures.asked import Asked
from corridor.futures.breakeven import BreakEven
from corridor.futures.indifference import Indifference
from corridor.futures.leverage import Leverage, LeverageTable
from corridor.futures.switches import Switch
from corridor.report.change_words import closed_sentence, gap_phrase, lowered, unknown_lines, value_text
from corridor.report.naming import country_name
from corridor.report.numerals import NBSP, joined, share_text, usd_text
from corridor.report.sections import Section


def break_even_lines(found: BreakEven, assessment: Assessment) -> list[str]:
    """The answer to one question about one number, in sentences."""
    asked = found.asked
    lines = [f"{asked.label}: {value_text(asked.value, asked.unit)} as it is. {_gap_sentence(found)}"]
    lines += _switch_lines(found) if found.has_effect else [_no_effect_sentence(found)]
    return [*lines, *filter(None, [closed_sentence(found.closed)]), *unknown_lines(assessment, found.labels)]


def _gap_sentence(found: BreakEven) -> str:
    error = f"standard error {found.line.error_usd:,.0f}{NBSP}USD"
    return f"{gap_phrase(found.line.gap_usd, found.labels)} on average over {found.futures:,} futures ({error})."


def _no_effect_sentence(found: BreakEven) -> str:
    a, b = found.labels
    return f"It moves {a} and {b} alike: no value of it changes which is better."


def _switch_lines(found: BreakEven) -> list[str]:
    inside = [switch for switch in found.switches if switch.is_inside]
    lines = [_switch_sentence(found, switch) for switch in inside]
    if not inside:
        lines.append(f"No value {range_text(found.asked)} changes the order: {found.better_now} stays the better one.")
        lines += [f"Beyond that range: {_switch_sentence(found, switch)}" for switch in found.switches]
    else:
        lines.append(f"Sought {range_text(found.asked).rstrip(',')}.")
    return lines


def _switch_sentence(found: BreakEven, switch: Switch) -> str:
    a, b = found.labels
    value = value_text(switch.value, found.asked.unit)
    return (
        f"{a} and {b} cost the same at {value}: below that {switch.better_below} is the better one, above it "
        f"{switch.better_above}. {_distance_sentence(found, switch)}{_overtaken(found, switch)}"
    )


def _overtaken(found: BreakEven, switch: Switch) -> str:
    third = found.overtaken_by(switch)
    return f" There, however, {third} is better than both." if third else ""


def _distance_sentence(found: BreakEven, switch: Switch) -> str:
    away = switch.value - found.asked.value
    size = f"That is {value_text(abs(away), found.asked.unit)} {'more' if away > 0 else 'less'} than now"
    distance = found.distance_sd(switch)
    if distance is None:
        return f"{size}; nothing is drawn about it, so that its chance cannot be told."
    return f"{size}, {distance:.1f} standard deviations of what is not known about it."


def range_text(asked: Asked) -> str:
    """The range looked at and whose it is, with a comma behind an insertion: "from 1 h to 90 h, as asked,"."""
    whose = {
        "evidence": ", the range that its source gives,",
        "multiples": ", about a tenth to ten times the figure,",
        "fixed": "",
        "question": ", as asked,",
    }
    return f"from {value_text(asked.low, asked.unit)} to {value_text(asked.high, asked.unit)}{whose[asked.range_from]}"


def leverage_section(table: LeverageTable, assessment: Assessment) -> Section:
    """How much more each transit country could ask of a truck before another way costs less."""
    text = (
        f"What the countries on the way of {table.label} take per truck now (entry, bridges, fees at posts; known "
        "ones), and at which sum the best open option around the country costs the same on average. The ways around "
        "are those of this run: others could only lower it. The last column is the extra fee that earns most, and "
        "how many of the futures would still pay it."
    )
    rows = tuple(_leverage_row(row, assessment) for row in table.rows)
    header = ("country", "takes now", "highest", "way around", "earns most")
    return Section(_leverage_title(table, assessment), text, header if rows else (), rows)


def _leverage_title(table: LeverageTable, assessment: Assessment) -> str:
    alone = [country_name(row.country, assessment.evidence) for row in table.rows if not row.detour]
    around = [row for row in table.rows if row.detour]
    if not around:
        return f"No open option goes around {joined(alone)}" if alone else f"{table.label} crosses no third country"
    least = min(around, key=lambda row: row.headroom_usd)
    name = country_name(least.country, assessment.evidence)
    if least.headroom_usd <= 0:
        return f"{table.label} through {name} already costs more than the way around"
    return f"{name} could ask {least.headroom_usd:,.0f}{NBSP}USD more per truck before {table.label} loses"


def _leverage_row(row: Leverage, assessment: Assessment) -> tuple[str, ...]:
    name = country_name(row.country, assessment.evidence)
    is_unknown = row.has_unknown_fees and not row.fees_usd
    now = "not known" if is_unknown else usd_text(row.fees_usd, is_lower_bound=row.has_unknown_fees)
    if not row.detour:
        return name, now, "no limit found", "none", ""
    if row.headroom_usd <= 0:
        return name, now, "already dearer", row.detour, ""
    earns = f"+{row.best_extra_usd:,.0f}{NBSP}USD, {share_text(row.share_left)}" if row.best_extra_usd else ""
    return name, now, f"{row.highest_fees_usd:,.0f}{NBSP}USD", row.detour, earns


def indifference_lines(found: Indifference, assessment: Assessment) -> list[str]:
    """Where two options cost the same as two numbers move, in sentences."""
    a, b = found.labels
    x, y = found.x, found.y
    names = f"{lowered(x.label)} and {lowered(y.label)}"
    if not found.contours:
        better = a if found.share_of_a else b
        lines = [f"{better} is the better one wherever {names} lie between the ends of their ranges."]
    else:
        lines = [
            f"{a} and {b} cost the same along a line in {names}:",
            *(f"  at {value_text(px, x.unit)} and {value_text(py, y.unit)}" for px, py in _few(found.contours[0])),
        ]
    ranges = "; ".join(f"{lowered(each.label)} {range_text(each).rstrip(',')}" for each in (x, y))
    lines.append(f"Looked at: {ranges}. {a} is the better one at {share_text(found.share_of_a)} of the points.")
    return [*lines, *filter(None, [closed_sentence(found.closed)]), *unknown_lines(assessment, found.labels)]


def _few(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most seven points of a line, its ends among them."""
    count = min(len(points), 7)
    return [points[round(place * (len(points) - 1) / max(count - 1, 1))] for place in range(count)]
