"""A commented scenario file to start from."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

from corridor.bundled import data_path
from corridor.errors import ScenarioError
from corridor.scenario.fields import ID_LENGTH
from corridor.scenario.files import SUFFIXES
from corridor.scenario.writing import quoted

SCHEMA_LINE = "# yaml-language-server: $schema="

_TEMPLATE = """\
{schema_line}{schema}
# Every key that is not written here comes from the bundled scenario `base`.
# See them all: corridor validate {file}
extends: base
id: {id}                        # names the folder of the results
title: {title}
why: {why}
trip:
  origin: {origin}              # id of a place, or "lon,lat" in quotes
  destination: {destination}
  departure: {departure}        # decides which posts are open
# vehicle:
#   plate: PAK                  # country of registration, ISO alpha-3: fees, pay, where it may drive
#   crew: 2                     # drivers, 1 or 2
#   empty_return_share: 0.4     # share of the way back charged to this trip, 0 to 1
# cargo:
#   kind: textiles
#   mass_t: 18
#   value_usd: 90000
# routes:
#   alternatives: 6             # distinct chains of border posts
#   presets: [trans_afghan, qtta]
#   via: [torkham]              # places and posts to pass, in this order
#   avoid: {{countries: [AFG], posts: [chaman]}}
# evidence: my-tables           # your own tables, made by `corridor evidence import`
# measures: [tir_green_lane_torkham]  # applied in this order; see: corridor measures
# override:                     # your own numbers in place of the tables'
#   crossings.torkham.status: open
#   crossings.torkham.PAK-AFG.queue_h: 12
#   parameters.diesel_usd_per_l.PAK: 1.05
"""


def new_scenario_text(
    scenario_id: str,
    *,
    origin: str = "islamabad",
    destination: str = "minsk",
    departure: date = date(2026, 11, 1),
    title: str = "",
    why: str = "Write here which decision the answer should inform.",
    schema: str = "../data/schema/scenario.schema.json",
) -> str:
    """Text of a scenario that runs as it is, with the keys most often changed as comments.

    Parameters
    ----------
    title : "<origin> to <destination>" when empty
    schema : path or address of the JSON Schema as seen from the file, for completion in editors
    """
    text = _TEMPLATE.format(
        schema_line=SCHEMA_LINE,
        schema=" ".join(schema.split()),
        file=f"{scenario_id}.yaml",
        id=quoted(scenario_id),
        title=quoted(title or f"{origin} to {destination}"),
        why=quoted(why),
        origin=quoted(origin),
        destination=quoted(destination),
        departure=departure.isoformat(),
    )
    return re.sub(r"(?m)^(  )?(\S.*?) {2,}# ", _aligned, text)


def _aligned(line: re.Match[str]) -> str:
    return f"{(line[1] or '') + line[2]:<30}  # "


def write_new_scenario(path: Path) -> None:
    """Write a starter scenario that bears the name of the file.

    Raises
    ------
    ScenarioError
        The file is not named ``*.yaml``, exists already or cannot be written.
    """
    if path.suffix not in SUFFIXES:
        raise ScenarioError(f"{path}: not a scenario file; expected a name like my-trip.yaml. Choose another name.")
    schema = os.path.relpath(data_path("schema", "scenario.schema.json"), path.resolve().parent)
    text = new_scenario_text(_id_from(path.stem), schema=Path(schema).as_posix())
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise ScenarioError(f"{path}: exists already; expected a new file. Choose another name.") from None
    except OSError as error:
        message = f"{path}: cannot be written; expected a writable folder, got '{error.strerror}'."
        raise ScenarioError(f"{message} Choose another folder.") from None


def _id_from(name: str) -> str:
    """The nearest valid id, e.g. ``my-trip`` of "My trip"."""
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:ID_LENGTH] or "my-scenario"
