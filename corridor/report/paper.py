"""What a printed report leaves to the screen, and where a reader of the paper finds it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        "posts": "Not printed: hours and fees at every post of every option, see posts.csv beside the report.",
        "cost": "Not printed: tables by component and country, see costs.csv beside the report.",
        "sea": "Not printed: the ways by sea one by one, see summary.json beside the report.",
        "measured": "Not printed: the table country by country, see report.html.",
        "evidence": "Not printed: every figure with its range, grade and source, see evidence.csv beside the report.",
        "changes": "Not printed: the inputs that this scenario changes, see scenario.resolved.yaml beside the report.",
        "mapped": "Not printed: what the map says of the roads, country by country, see report.html.",
        "sources": "Not printed: the list of sources, see the titles in evidence.csv beside the report.",
    }
)
"""Section -> the line that stands on paper in place of its long tables."""
