"""Why the best option is the best: against the option it is compared with, part by part."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.analysis.accounts import build_account
from corridor.analysis.assessment import Assessment
from corridor.analysis.explain import explain
from corridor.report.difference_wording import difference_sentence, generalised_sentence, unknown_sentences
from corridor.report.explaining import SIGNS_KEY, DifferenceTable, Names, build_difference_table
from corridor.report.wording import compared_option


@dataclass(frozen=True, slots=True)
class WhyBest:
    """The block "Why A and not B"; `remarks` say what the difference leaves out, `key` explains signs in the table."""

    title: str
    sentence: str
    remarks: tuple[str, ...]
    head: str
    table: DifferenceTable
    key: str


def build_why_best(assessment: Assessment) -> WhyBest | None:
    """The best option against its rival; None where there are fewer than two open options."""
    if len(assessment.options) < 2:
        return None
    best, rival = assessment.options[0], compared_option(assessment)
    difference = explain(build_account(best), build_account(rival))
    names = names_of(assessment)
    table = build_difference_table(difference, "money", names, decimals=0)
    return WhyBest(
        title=f"Why {best.label} and not {rival.label}",
        sentence=f"{difference_sentence(difference, names)} {generalised_sentence(difference)}",
        remarks=tuple(unknown_sentences(difference, names)),
        head=f"{rival.label} less {best.label}",
        table=table,
        key=SIGNS_KEY if table.has_bounds else "",
    )


def names_of(assessment: Assessment) -> Names:
    """What a reader calls each country and post."""
    evidence = assessment.evidence
    return {
        **{code: country.name for code, country in evidence.countries.items()},
        **{key: crossing.name for key, crossing in evidence.crossings.items()},
    }
