"""Which extract of a download site laid out like Geofabrik's holds a country."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from corridor.errors import DataError, ScenarioError
from corridor.names import suggestion

MIRRORS = ("https://download.geofabrik.de",)
INDEX_PATH = "index-v1-nogeom.json"
EXTRACT_PATH = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.osm\.pbf")


@dataclass(frozen=True, slots=True)
class RemoteExtract:
    """An extract on the site.

    Parameters
    ----------
    path : below the site's address, e.g. ``asia/pakistan-latest.osm.pbf``
    countries : ISO alpha-2 of the countries it holds
    """

    path: str
    countries: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """Name of the file without its folders."""
        return PurePosixPath(self.path).name


def read_index(text: str, *, origin: str) -> list[RemoteExtract]:
    """Extracts of whole countries named in an index.

    Parameters
    ----------
    origin : where the text comes from, for messages

    Raises
    ------
    DataError
        The text is no index, or names a path that is no extract below the site.
    """
    try:
        features = json.loads(text)["features"]
        rows = [_facts(feature["properties"]) for feature in features]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(
            f"{origin}: not an index of extracts ({type(error).__name__}: {error}); expected GeoJSON with the "
            "address of a .osm.pbf by region. Try again later, or name another --mirror."
        ) from error
    return [_extract(path, countries, origin) for path, countries in rows if path and countries]


def _facts(properties: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    path = urlsplit(str(properties.get("urls", {}).get("pbf", ""))).path.lstrip("/")
    return path, tuple(str(code) for code in properties.get("iso3166-1:alpha2", ()))


def _extract(path: str, countries: tuple[str, ...], origin: str) -> RemoteExtract:
    if not EXTRACT_PATH.fullmatch(path):
        raise DataError(
            f"{origin}: names the file {path[:100]!r}; expected a path like 'asia/pakistan-latest.osm.pbf'. "
            "Nothing was downloaded; name another --mirror."
        )
    return RemoteExtract(path, countries)


def choose_extracts(
    extracts: Iterable[RemoteExtract], countries: Iterable[str], iso2: Mapping[str, str]
) -> list[RemoteExtract]:
    """The smallest extract that holds each country whole, each extract once, in the order asked for.

    Parameters
    ----------
    countries : ISO alpha-3
    iso2 : alpha-3 -> alpha-2

    Raises
    ------
    ScenarioError
        A country is unknown, or no extract holds it.
    """
    known = list(extracts)
    return list(dict.fromkeys(_smallest(known, country, iso2) for country in countries))


def _smallest(extracts: Iterable[RemoteExtract], country: str, iso2: Mapping[str, str]) -> RemoteExtract:
    if country not in iso2:
        raise ScenarioError(f"network fetch: unknown country '{country}'. {suggestion(country, iso2)}")
    found = [extract for extract in extracts if iso2[country] in extract.countries]
    if not found:
        raise ScenarioError(f"network fetch: no extract of the site holds {country}. Give another --mirror or country.")
    return min(found, key=lambda extract: (len(extract.countries), extract.path.count("/"), extract.path))
