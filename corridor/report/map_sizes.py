"""How large names and marks are on a map: for a page of its own, and for a part of a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapSizes:
    """Sizes on paper: of names and letters in points, of lines and circles as a share of their full size."""

    ends_pt: float
    posts_pt: float
    cities_pt: float
    countries_pt: float
    key_pt: float
    letters_pt: float
    marks_share: float


FULL = MapSizes(
    ends_pt=11.0, posts_pt=7.6, cities_pt=6.8, countries_pt=6.6, key_pt=8.0, letters_pt=8.5, marks_share=1.0
)
"""For a figure twelve inches wide."""

SMALL = MapSizes(
    ends_pt=9.5, posts_pt=6.8, cities_pt=6.5, countries_pt=6.5, key_pt=6.5, letters_pt=7.0, marks_share=0.72
)
"""For a figure as wide as the text of an A4 page; nothing smaller is read with ease."""
