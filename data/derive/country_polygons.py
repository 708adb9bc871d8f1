"""Derive data/snapshot/country_polygons.json.gz from the npm package @rapideditor/country-coder (ISC licence).

    npm pack @rapideditor/country-coder@5.6.1 && tar xzf rapideditor-country-coder-5.6.1.tgz
    python data/derive/country_polygons.py package/src/data/borders.json

The features of one country are united under its ISO alpha-3 code, cut to the box of the embedded
network with a margin, and rounded to 1e-4 degrees (about 10 m).
"""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape

BOX = (-14.0, 17.0, 95.0, 66.0)
DATA = Path(__file__).resolve().parents[1]


def alpha_3_of_alpha_2(features: list[dict[str, Any]]) -> dict[str, str]:
    """ISO alpha-2 -> alpha-3, as the countries among the features state them."""
    stated = (feature["properties"] for feature in features)
    return {row["iso1A2"]: row["iso1A3"] for row in stated if "iso1A3" in row}


def main(borders: Path) -> None:
    """Write the polygons."""
    all_features = json.loads(borders.read_text(encoding="utf-8"))["features"]
    codes = alpha_3_of_alpha_2(all_features)
    parts: dict[str, list[shapely.Geometry]] = {}
    for feature in all_features:
        iso2 = feature["properties"].get("country") or feature["properties"].get("iso1A2")
        if feature["geometry"] and iso2 in codes:
            parts.setdefault(codes[iso2], []).append(shape(feature["geometry"]))
    features = []
    for iso3, geometries in sorted(parts.items()):
        united = shapely.union_all([shapely.make_valid(geometry) for geometry in geometries])
        cut = shapely.clip_by_rect(united, *BOX)
        if not cut.is_empty:
            rounded = shapely.set_precision(cut, 1e-4)
            features.append({"type": "Feature", "properties": {"iso3": iso3}, "geometry": mapping(rounded)})
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    target = DATA / "snapshot" / "country_polygons.json.gz"
    target.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
