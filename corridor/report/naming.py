"""What posts, countries and options are called: short enough for a sentence, telling enough for a table."""

from __future__ import annotations

from collections.abc import Sequence

from corridor.analysis.assessment import Option
from corridor.evidence import Evidence
from corridor.report.numerals import joined

TELLING_POSTS = 3
"""How many posts the short name of an option may list."""


PREFIXES = ("Novo",)
"""Parts of one name that end in a hyphen; other hyphens stand between the names of the two sides."""


def short_post_name(name: str) -> str:
    """The first of a post's two names.

    Examples
    --------
    >>> short_post_name("Samur/Yarag-Kazmalyar"), short_post_name("Krasnaya Gorka (M1)"), short_post_name("Novo-Filya")
    ('Samur', 'Krasnaya Gorka', 'Novo-Filya')
    """
    first = name.split("/")[0].split("(")[0].strip()
    head, _, rest = first.partition("-")
    return first if head in PREFIXES else head.strip() if rest else first


def country_name(code: str, evidence: Evidence) -> str:
    """Name of a country, or its code where the table has none."""
    country = evidence.countries.get(code)
    return country.name if country else code


def post_names(option: Option, evidence: Evidence) -> tuple[str, ...]:
    """Names of an option's posts in order of travel."""
    return tuple(short_post_name(evidence.crossings[post].name) for post in option.post_ids)


def telling_posts(option: Option, others: Sequence[Option]) -> tuple[str, ...]:
    """Ids of the first post and of those that tell an option from the others, in order of travel.

    Each further post is the one that most of the options still alike do not have; at most `TELLING_POSTS`.
    """
    chosen = set(option.post_ids[:1])
    while len(chosen) < min(TELLING_POSTS, len(option.post_ids)):
        alike = [other for other in others if other is not option and chosen <= set(other.post_ids)]
        left = [post for post in option.post_ids if post not in chosen]
        shared = [sum(post in other.post_ids for other in alike) for post in left]
        if chosen and min(shared) == len(alike) and len(chosen) > 1:
            break
        chosen.add(left[shared.index(min(shared))])
    return tuple(post for post in option.post_ids if post in chosen)


def via_text(option: Option, others: Sequence[Option], evidence: Evidence) -> str:
    """How a sentence names the way of an option: "via Taftan, Astara and Samur"."""
    names = [short_post_name(evidence.crossings[post].name) for post in telling_posts(option, others)]
    return f"via {joined(names)}" if names else "without a border post"


def corridor_names(option: Option, evidence: Evidence) -> str:
    """Names and codes of the presets an option answers to; empty for a free alternative."""
    named = [evidence.corridors[key] for key in option.corridors]
    return joined([f"{row.name} ({row.code})" for row in named])


def short_corridor_names(option: Option, evidence: Evidence) -> str:
    """Names of the presets without the places they list, and codes: "Trans-Afghan (R1)"."""
    named = [evidence.corridors[key] for key in option.corridors]
    return joined([f"{row.name.split(':')[0]} ({row.code})" for row in named])


def option_title(option: Option, others: Sequence[Option], evidence: Evidence) -> str:
    """What heads an option in tables: its presets, else its telling posts."""
    via = via_text(option, others, evidence)
    return corridor_names(option, evidence) or via[:1].upper() + via[1:]


def short_option_title(option: Option, others: Sequence[Option], evidence: Evidence) -> str:
    """The same for narrow places, where a preset goes without the places it lists."""
    return short_corridor_names(option, evidence) or option_title(option, others, evidence)
