"""The page of figures: those of one run, made when the site is built."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from corridor.evidence import read_evidence
from corridor.network.files import read_network
from corridor.report.figures import FIGURES
from corridor.run import network_folder, run_id
from corridor.scenario import read_scenario

SCENARIO = "islamabad-minsk"
FIGURES_FOLDER = "figures"

_HEAD = f"""\
# Gallery of figures

Every figure that `corridor run {SCENARIO}` draws, as it came out when this site was built. Each is in the run folder as
SVG, PNG and CSV. [The whole report of this run](report.html) is one file.
"""


def run_for_gallery(root: Path, *, given: str) -> Path:
    """The run folder whose figures are shown: the one given, else `runs/<id>`, run now where it is not whole.

    A run has the same id until scenario, tables, network or version change; whoever changes the drawing of figures
    deletes it to see them drawn anew.
    """
    if given:
        return Path(given)
    folder = root / "runs" / _current_id()
    if not all((folder / "figures" / f"{name}.svg").is_file() for name in FIGURES):
        subprocess.run([sys.executable, "-m", "corridor.cli", "run", SCENARIO], cwd=root, check=True)  # noqa: S603
    return folder


def _current_id() -> str:
    resolved = read_scenario(SCENARIO, known=read_evidence().known_names())
    return run_id(resolved.scenario, read_network(network_folder(resolved.scenario)), resolved.measures)


def gallery_markdown(run: Path) -> str:
    """The page: what each figure shows in words, the figure, and the numbers behind it."""
    shown = read_captions((run / "report.html").read_text(encoding="utf-8"))
    return "\n".join([_HEAD, *(_section(name, caption) for name, caption in shown.items())])


def _section(name: str, caption: str) -> str:
    title, _, rest = caption.partition(". ")
    address = f"{FIGURES_FOLDER}/{name}"
    return f"""\
## {title.removesuffix(".")} {{ #{name} }}

{rest}

![{title}]({address}.svg)

[CSV]({address}.csv) · [SVG]({address}.svg) · [PNG]({address}.png)
"""


def read_captions(page: str) -> dict[str, str]:
    """What a report says in words of each of its figures, by file name, in its order."""
    reader = _Captions()
    reader.feed(page)
    return reader.captions


@dataclass
class _Captions(HTMLParser):
    """Notes the text of a figure's image under the name of the data that its caption lets one save."""

    captions: dict[str, str] = field(default_factory=dict)
    alt: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser for each tag."""
        given = dict(attrs)
        if tag == "figure":
            self.alt = ""
        elif tag == "img":
            self.alt = given.get("alt") or ""
        elif tag == "a" and self.alt and (given.get("download") or "").endswith(".csv"):
            self.captions[str(given["download"]).removesuffix(".csv")] = self.alt
