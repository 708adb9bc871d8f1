"""The pages that the build writes: every key, every command, every id, and what leads where."""

from __future__ import annotations

import json
import re
from functools import reduce
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corridor.bundled import data_path
from corridor.cli import app
from corridor.errors import CorridorError, DataError, RouteError, ScenarioError
from corridor.evidence import read_evidence
from corridor.scenario import read_scenario
from corridor.scenario.faults import Origin
from corridor.scenario.yaml_tree import build_tree
from docs_site.commands_page import all_commands, commands_markdown, exit_statuses
from docs_site.gallery import gallery_markdown, read_captions, run_for_gallery
from docs_site.ids_page import SECTIONS, ids_markdown
from docs_site.plain_parameters import with_plain_parameters
from docs_site.repository_pages import relinked
from docs_site.scenario_page import EXAMPLES, MISSING, scenario_keys, scenario_markdown, type_in_words, unit

KEYS = {key.name: key for key in scenario_keys()}


def _keys_in_schema() -> set[str]:
    """Dotted keys of the schema on disk, found by going down its references."""
    schema = json.loads(data_path("schema", "scenario.schema.json").read_text(encoding="utf-8"))

    def down(properties: dict[str, dict[str, object]], above: str) -> set[str]:
        found = set()
        for name, shape in properties.items():
            section = re.search(r"#/\$defs/(\w+)", json.dumps(shape))
            inner = schema["$defs"][section[1]]["properties"] if section else {}
            found |= down(inner, f"{above}{name}.") if section else {above + name}
        return found

    return down(schema["properties"], "")


def test_the_reference_has_every_key_of_the_schema_with_an_example() -> None:
    assert set(KEYS) == set(EXAMPLES) == _keys_in_schema()
    headings = re.findall(r"(?m)^## `([\w.]+)`", scenario_markdown())
    assert headings == list(KEYS)


def test_type_unit_and_default_of_a_key_are_those_of_schema_and_base_scenario() -> None:
    mass = KEYS["cargo.mass_t"]
    assert (type_in_words(mass.value_shape), unit(mass), mass.default) == ("number", "t", 18)
    assert (unit(KEYS["cargo.value_usd"]), unit(KEYS["criteria.carbon_usd_per_t"])) == ("USD", "USD/t")
    assert type_in_words(KEYS["routes.via"].value_shape) == "list of texts"
    assert KEYS["trip.origin"].default is MISSING


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "extends"])
def test_the_example_of_a_key_is_a_value_that_a_scenario_may_have(name: str) -> None:
    known = read_evidence().known_names()
    written = build_tree(f"value: {EXAMPLES[name]}", lambda line: Origin("example", line)).root
    scenario = read_scenario("islamabad-minsk", known=known, assignments=[f"{name}={EXAMPLES[name]}"]).scenario
    read = reduce(dict.__getitem__, name.split("."), scenario.model_dump(mode="json"))
    assert written
    assert read == json.loads(json.dumps(written.plain()["value"]))


def test_the_page_of_commands_has_every_command_argument_and_option() -> None:
    page = commands_markdown()
    paths = [path for path, _ in all_commands()]
    listed = CliRunner().invoke(app, ["--help"]).stdout.partition("Commands:")[2]
    assert list(dict.fromkeys(path.split()[0] for path in paths)) == re.findall(r"(?m)^  (\S+)  ", listed)
    for path, command in all_commands():
        section = page.partition(f"## corridor {path} {{")[2].partition("\n## ")[0]
        assert command.help.strip() in section
        for parameter in command.params:
            told = parameter.opts if parameter.param_type_name == "option" else [parameter.metavar or parameter.name]
            assert all(f"{word}" in section for word in told), (path, told)


def test_exit_statuses_are_those_of_the_errors() -> None:
    told = dict(exit_statuses())
    kinds: list[type[CorridorError]] = [ScenarioError, RouteError, DataError]
    assert set(told) == {kind.exit_status for kind in kinds}
    assert told[3] == "No feasible way."


def test_every_id_of_the_tables_is_on_its_page() -> None:
    page, evidence = ids_markdown(), read_evidence()
    for table in SECTIONS:
        assert all(f"| `{name}` |" in page for name in getattr(evidence, table)), table


def test_links_between_the_readmes_and_docs_lead_to_the_pages_of_the_site() -> None:
    assert relinked("[a](docs/model.md#x) [b](data/README.md)", "overview.md") == "[a](model.md#x) [b](data.md)"
    assert relinked("[a](../docs/network.md) [b](#here)", "data.md") == "[a](network.md) [b](#here)"
    assert relinked("[a](../../README.md) [b](runs.md)", "api/futures.md") == "[a](../overview.md) [b](runs.md)"
    assert relinked("[a](https://example.org/b.md)", "overview.md") == "[a](https://example.org/b.md)"
    assert relinked("```\n[a](docs/model.md)\n```\n", "overview.md") == "```\n[a](docs/model.md)\n```\n"


def test_a_parameter_keeps_the_type_of_its_signature() -> None:
    docstring = (
        "Do.\n\nParameters\n----------\na, b : each a number;\n    of km\nc : more\n\nReturns\n-------\nNothing."
    )
    assert with_plain_parameters(docstring) == (
        "Do.\n\nParameters\n----------\na\n    each a number;\n    of km\nb\n    each a number;\n    of km\n"
        "c\n    more\n\n**Returns:** Nothing."
    )


def test_the_gallery_shows_each_figure_of_a_run_with_its_words_and_numbers(quick_run: Path) -> None:
    drawn = {path.stem for path in (quick_run / "figures").glob("*.svg")}
    captions = read_captions((quick_run / "report.html").read_text(encoding="utf-8"))
    assert set(captions) == drawn
    assert all(len(caption) > 20 for caption in captions.values())
    page = gallery_markdown(quick_run)
    for name in drawn:
        assert f"(figures/{name}.svg)" in page
        assert f"[CSV](figures/{name}.csv)" in page


def test_a_run_that_is_given_is_the_one_shown(tmp_path: Path) -> None:
    assert run_for_gallery(tmp_path, given="some/run") == Path("some/run")
