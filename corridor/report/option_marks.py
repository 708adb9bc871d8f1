"""What belongs to which option in a figure, so that a page can make one of them stand out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from matplotlib.axes import Axes

FADED = 0.18
"""Opacity of all other options while one stands out; as in templates/highlight.js."""

_PREFIX = "option-"
_GROUP = re.compile(rf'<g id="{_PREFIX}(\w+)">')
_OPENING = re.compile(r"<svg [^>]*>")


@contextmanager
def marked(axes: Axes, label: str) -> Iterator[None]:
    """Whatever is drawn on the axes meanwhile belongs to an option."""
    before = set(axes.get_children())
    yield
    for artist in axes.get_children():
        if artist not in before:
            artist.set_gid(f"{_PREFIX}{label}")


def with_targets(svg: str) -> str:
    """A figure of which an address that ends in ``#A`` shows option A, and all others faint.

    Notes
    -----
    An empty element of each option's name stands first, for the address to point at; what follows it fades by a rule
    of style. The script of a page cannot reach into a picture, but it can change the end of its address.
    """
    labels = sorted(set(_GROUP.findall(svg)))
    if not labels:
        return svg
    rules = "".join(f"#{label}:target~* .o:not(.o-{label}){{opacity:{FADED}}}" for label in labels)
    anchors = "".join(f'<g id="{label}"/>' for label in labels)
    by_class = _GROUP.sub(r'<g class="o o-\1">', svg)
    return _OPENING.sub(lambda tag: f"{tag.group()}<style>{rules}</style>{anchors}", by_class, count=1)
