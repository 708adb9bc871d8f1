"""The hooks that mkdocs calls: pages and files that are not in docs/ are added, links to them set right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files

from docs_site.commands_page import commands_markdown
from docs_site.gallery import FIGURES_FOLDER, gallery_markdown, run_for_gallery
from docs_site.ids_page import ids_markdown
from docs_site.repository_pages import DOWNLOADS, PAGES, relinked
from docs_site.scenario_page import scenario_markdown

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages from elsewhere in the repository, the generated ones, and the figures of a run."""
    run = run_for_gallery(ROOT, given=config.extra["run"])
    copied = {**PAGES, **{name: name for name in DOWNLOADS}}
    for source, place in copied.items():
        files.append(File.generated(config, place, abs_src_path=str(ROOT / source)))
    for figure in sorted((run / "figures").iterdir()):
        files.append(File.generated(config, f"{FIGURES_FOLDER}/{figure.name}", abs_src_path=str(figure)))
    files.append(File.generated(config, "report.html", abs_src_path=str(run / "report.html")))
    generated = {
        "scenario-reference.md": scenario_markdown(),
        "commands.md": commands_markdown(),
        "ids.md": ids_markdown(),
        "gallery.md": gallery_markdown(run),
    }
    for place, text in generated.items():
        files.append(File.generated(config, place, content=text))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Let links that leave docs/ lead to where the site has what they name."""
    return relinked(markdown, page.file.src_uri)
