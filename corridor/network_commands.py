"""The commands on road networks: fetch, build, describe, check, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corridor.progress import AsJson, tell

if TYPE_CHECKING:
    from corridor.evidence import Evidence
    from corridor.network.roads import RoadNetwork
