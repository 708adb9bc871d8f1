"""Pages and files of the repository that the site shows where they are, without a second copy of their text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from types import MappingProxyType

PAGES: Mapping[str, str] = MappingProxyType(
    {
        "README.md": "overview.md",
        "data/README.md": "data.md",
        "benchmarks/README.md": "speed.md",
        "CHANGELOG.md": "changes.md",
    }
)
"""Path in the repository -> path on the site."""

DOWNLOADS = (
    "CITATION.cff",
    "notebooks/01-which-way-to-minsk.ipynb",
    "notebooks/02-how-sure-is-it.ipynb",
    "notebooks/03-where-do-the-hours-go.ipynb",
    "notebooks/04-what-if-torkham-closes.ipynb",
    "notebooks/05-what-is-tir-worth.ipynb",
    "notebooks/06-add-your-own-border-data.ipynb",
)
"""Files that these pages link to and that are no pages; they have the same path on the site."""

DOCS = "docs"
_LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#|/)([^)#\s]+)")
_FENCE = re.compile(r"(?ms)^ *```.*?^ *```[ \t]*$")


def relinked(markdown: str, place: str) -> str:
    """A page with its links, which hold in the repository, set so that they hold on the site.

    Parameters
    ----------
    place : path of the page on the site
    """
    source = repository_path(place)
    if source is None:
        return markdown
    parts, at = [], 0
    for fence in _FENCE.finditer(markdown):
        parts += [_with_site_links(markdown[at : fence.start()], source, place), fence.group()]
        at = fence.end()
    return "".join([*parts, _with_site_links(markdown[at:], source, place)])


def repository_path(place: str) -> str | None:
    """Where in the repository a page of the site is written."""
    return next((source for source, shown in PAGES.items() if shown == place), f"{DOCS}/{place}")


def _with_site_links(text: str, source: str, place: str) -> str:
    def moved(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), link[1]))
        return posixpath.relpath(site_path(target), posixpath.dirname(place) or ".")

    return _LINK.sub(moved, text)


def site_path(source: str) -> str:
    """Where on the site a file of the repository is shown.

    Examples
    --------
    >>> site_path("data/README.md"), site_path("docs/api/runs.md")
    ('data.md', 'api/runs.md')
    """
    return PAGES.get(source, source.removeprefix(f"{DOCS}/"))
