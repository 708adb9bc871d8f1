"""Results on the terminal: tables for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corridor.analysis.assessment import Assessment, Option
    from corridor.evidence import Evidence
    from corridor.futures.study import FuturesStudy
    from corridor.network.check import Finding
    from corridor.network.files import StoredNetwork
    from corridor.network.health import MappedRoads
    from corridor.scenario import Change, ResolvedScenario


def tell(message: str) -> None:
    """Progress goes to stderr, so that stdout holds results only."""
    sys.stderr.write(f"corridor: {message} ...\n")


def print_json(document: object) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False, default=str) + "\n")


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Columns as wide as their longest cell; those in `right` are set flush right."""
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    for line in lines:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


def print_assessment(assessment: Assessment, study: FuturesStudy | None, *, folder: Path, as_json: bool) -> None:
    """The ranking of a run, how sure it is, and where its report is."""
    from corridor.report.futures_wording import confidence_text
    from corridor.report.numerals import with_plain_spaces

    sure = with_plain_spaces(confidence_text(assessment, study))
    if as_json:
        print_json({"run_folder": str(folder), "how_sure": sure, **assessment_document(assessment)})
        return
    _print_ranking(assessment)
    sys.stdout.write(f"How sure: {sure}\n" if sure else "")
    if assessment.measure_effects:
        _print_measures(assessment)
    sys.stdout.write(f"\nReport: {folder / 'report.html'}\n")


def print_routes(assessment: Assessment, *, as_json: bool) -> None:
    """The alternatives between two places."""
    if as_json:
        print_json(assessment_document(assessment))
    else:
        _print_ranking(assessment)


def assessment_document(assessment: Assessment) -> dict[str, Any]:
    """Assumptions and options as JSON, least generalised cost first; closed presets apart."""
    from corridor.report.measure_rows import measures_document

    return {
        "assumptions": assumptions(assessment),
        "options": [_option_document(option, assessment.evidence) for option in assessment.options],
        "closed_corridors": [
            _option_document(option, assessment.evidence)
            | {"closed_posts": [asdict(post) for post in option.closed_posts]}
            for option in assessment.closed_options
        ],
        "corridors_without_a_way": dict(assessment.unreachable_corridors),
        "notes": list(assessment.notes),
        "measures": measures_document(assessment),
    }


def assumptions(assessment: Assessment) -> dict[str, Any]:
    """What was asked and what was taken for granted."""
    scenario = assessment.scenario
    return {
        "origin": assessment.origin_name,
        "destination": assessment.destination_name,
        "departure": scenario.trip.departure.isoformat(),
        "evidence_as_of": assessment.evidence.as_of.isoformat(),
        "vehicle": scenario.vehicle.model_dump(),
        "cargo": scenario.cargo.model_dump(),
        "inputs": "mean values, no uncertainty",
        "network": assessment.network.snapshot_of,
    }


def _option_document(option: Option, evidence: Evidence) -> dict[str, Any]:
    cost_share, time_share = _weak_shares(option, evidence)
    return {
        "label": option.label,
        "chain": list(option.post_ids),
        "corridors": list(option.corridors),
        "length_km": round(option.length_km, 1),
        "time_h": round(option.ledger.time_h, 2),
        "cost_usd": round(option.ledger.money_usd, 2),
        "cost_is_lower_bound": option.ledger.is_lower_bound,
        "unknown_costs": [f"{component} ({country})" for component, country in option.ledger.unknown_components],
        "generalised_cost_usd": round(option.generalised_cost_usd, 2),
        "co2e_wtw_kg": round(option.ledger.co2e_wtw_kg, 1),
        "cost_share_on_c_and_d": round(cost_share, 4),
        "time_share_on_c_and_d": round(time_share, 4),
    }


def _weak_shares(option: Option, evidence: Evidence) -> tuple[float, float]:
    """Shares of cost and time that rest on derived figures or judgement."""
    from corridor.report.evidence_used import money_grade_shares, time_grade_shares, weak_share

    return weak_share(money_grade_shares(option, evidence)), weak_share(time_grade_shares(option, evidence))


def _print_ranking(assessment: Assessment) -> None:
    scenario, evidence = assessment.scenario, assessment.evidence
    cargo = evidence.cargo_kinds[scenario.cargo.kind].name
    sys.stdout.write(
        f"{assessment.origin_name} to {assessment.destination_name}, {scenario.trip.departure:%d %b %Y} "
        f"(posts as known on {evidence.as_of:%d %b %Y}); {scenario.cargo.mass_t:g} t of {cargo}, "
        f"{scenario.vehicle.plate} plates, {scenario.vehicle.crew} driver(s); mean inputs\n\n"
    )
    header = ["", "days", "USD", "gen. USD", "km", "t CO2e", "USD on C+D", "days on C+D", "posts"]
    print_table(header, [_ranking_row(option, evidence) for option in assessment.options], right=range(1, 8))
    sys.stdout.write("C+D: share that rests on derived figures (grade C) or judgement (grade D)\n")
    if assessment.closed_options:
        sys.stdout.write("\nClosed on that day; figures as if their posts were open:\n")
        rows = [_ranking_row(option, evidence) for option in assessment.closed_options]
        print_table(header, rows, right=range(1, 8))
        for option in assessment.closed_options:
            for post in option.closed_posts:
                sys.stdout.write(f"   {option.label}: {post.crossing_id} {post.reason}\n")
    for corridor, reason in assessment.unreachable_corridors.items():
        sys.stdout.write(f"No way along {corridor}: {reason}\n")
    for note in assessment.notes:
        sys.stdout.write(f"Note: {note}\n")


def _print_measures(assessment: Assessment) -> None:
    from corridor.report.measure_rows import build_measure_rows, measures_title, sum_sentence

    sys.stdout.write(f"\n{measures_title(assessment)}; the best option against that without measures:\n")
    rows = [
        [row.title, row.days, f"{row.bound} {row.usd}".strip(), f"{row.bound} {row.generalised_usd}".strip(), row.best]
        for row in build_measure_rows(assessment)
    ]
    print_table(["measure", "days", "USD", "gen. USD", "best option"], rows, right=(1, 2, 3))
    sentence = sum_sentence(assessment.measure_effects)
    sys.stdout.write(f"{sentence}\n" if sentence else "")


def _ranking_row(option: Option, evidence: Evidence) -> list[str]:
    bound = "≥" if option.ledger.is_lower_bound else ""
    corridors = f"  [{', '.join(option.corridors)}]" if option.corridors else ""
    return [
        option.label,
        f"{option.ledger.time_h / 24:.1f}",
        f"{bound}{option.ledger.money_usd:,.0f}",
        f"{bound}{option.generalised_cost_usd:,.0f}",
        f"{option.length_km:,.0f}",
        f"{option.ledger.co2e_wtw_kg / 1000:.1f}",
        *(f"{share:.0%}" for share in _weak_shares(option, evidence)),
        (" > ".join(option.post_ids) or "no border") + corridors,
    ]


def print_resolved(resolved: ResolvedScenario, changes: Iterable[Change], *, as_json: bool) -> None:
    """A scenario with everything it inherits, and what changed what: `changes`, lowest layer first."""
    from corridor.scenario import write_resolved

    if as_json:
        print_json(resolved.scenario.model_dump(mode="json"))
        return
    sys.stdout.write(write_resolved(resolved.scenario))
    for change in changes:
        sys.stdout.write(f"# {change.key}: {change.old} -> {change.new} ({change.origin})\n")


def print_network(stored: StoredNetwork, *, as_json: bool) -> None:
    """Size, age, licence, repairs and countries of a network."""
    from corridor.network.summary import component_sizes, roads_by_country

    roads, description = stored.roads, stored.description
    sizes = component_sizes(roads)
    countries = roads_by_country(roads)
    document = asdict(description) | {
        "nodes": roads.node_count,
        "edges": roads.edge_count,
        "length_km": round(float(roads.length_km.sum())),
        "components": len(sizes),
        "largest_component_nodes": int(sizes[0]),
        "posts_on_network": len(roads.crossing_edges),
        "countries": [asdict(country) for country in countries],
    }
    if as_json:
        print_json(document)
        return
    for key in ("name", "source", "snapshot_of", "licence", "attribution", "nodes", "edges", "length_km", "components"):
        sys.stdout.write(f"{key.replace('_', ' '):24}{_thousands(document[key])}\n")
    sys.stdout.write(
        f"{'posts on network':24}{len(roads.crossing_edges)}, without a road: "
        f"{', '.join(description.unconnected_posts) or 'none'}\n"
    )
    factors = ", ".join(f"{factor:.4f}" for factor in description.length_factors) or "none"
    errors = ", ".join(f"{use} {share:.1%}" for use, share in description.length_errors.items()) or "not known"
    sys.stdout.write(f"{'length correction':24}factors {factors}; mean error: {errors}\n")
    for file in description.files:
        sys.stdout.write(f"{'file':24}{file.name}, data of {file.data_date or 'day unknown'}\n")
    sys.stdout.write("\n")
    print_table(["repair", "number"], [[k, f"{v:,}"] for k, v in description.repairs.items()], right=(1,))
    sys.stdout.write("\n")
    print_table(
        ["country", "km", "nodes", "posts"],
        [[row.country, f"{row.length_km:,.0f}", f"{row.nodes:,}", str(row.posts)] for row in countries],
        right=(1, 2, 3),
    )
    if description.mapped:
        _print_mapped(description.mapped)


def _print_mapped(mapped: Sequence[MappedRoads]) -> None:
    sys.stdout.write("\nshare of the km of which the map gives\n")
    parts = ("speed", "truck_speed", "surface", "lanes", "toll", "conditional", "structure")
    print_table(
        ["country", "km", *(part.replace("_", " ") for part in parts)],
        [
            [roads.country, f"{roads.length_km:,.0f}", *(f"{roads.share(part):.0%}" for part in parts)]
            for roads in mapped
        ],
        right=tuple(range(1, len(parts) + 2)),
    )


def _thousands(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def print_findings(findings: Sequence[Finding], *, as_json: bool) -> None:
    """What a check of a network has found, faults first."""
    if as_json:
        print_json([asdict(finding) for finding in findings])
        return
    print_table(["", "about", "finding"], [[f.severity, f.kind, f.text] for f in findings])
