"""The page: self-contained, safe, the same every time."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from corridor.analysis.assessment import Assessment
from corridor.futures.outlook import Outlook
from corridor.report.html import AHEAD, CONTENTS, build_html
from corridor.report.map_data import build_map_data, escaped_json, safe_json
from corridor.report.pictures import Picture

from .conftest import HOSTILE
from .fake_trip import SHIPPED


class Assets(HTMLParser):
    """What a browser would load of its own accord, and the ids on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.targets.append(values["href"])
        loads = {"href"} if tag == "link" else {"src", "srcset", "poster", "data", "action", "background"}
        self.loaded += [values[name] for name in loads & set(values)]


def read_assets(page: str) -> Assets:
    assets = Assets()
    assets.feed(page)
    return assets


def test_the_page_loads_nothing_that_it_does_not_hold(page: str) -> None:
    assert {address.split(":", 1)[0] for address in read_assets(page).loaded} == {"data"}
    style = page[page.index("<style>") : page.index("</style>")]
    assert all(address.startswith("data:") for address in re.findall(r'url\(["\']?([^"\')]*)', style))
    assert "@import" not in style


def test_the_policy_forbids_every_connection(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "connect-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]


def test_a_hostile_title_is_shown_as_text(hostile_page: str, page: str) -> None:
    assert hostile_page.count("<script") == page.count("<script")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in hostile_page
    assert HOSTILE not in hostile_page


def test_embedded_json_can_close_no_script_and_end_no_line() -> None:
    text = safe_json({"name": "</script><!--\u2028&"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"name": "</script><!--\u2028&"}
    assert escaped_json('"\u2029"') == '"\\u2029"'


def test_every_link_inside_the_page_has_a_target(page: str) -> None:
    assets = read_assets(page)
    inside = [target[1:] for target in assets.targets if target.startswith("#")]
    assert set(inside) >= {anchor for anchor, _ in CONTENTS} - {"measures", *AHEAD}  # the invented trip has none
    assert set(inside) <= set(assets.ids)
    assert len(assets.ids) == len(set(assets.ids))


def test_the_verdict_comes_before_the_map_and_the_evidence_after_the_ranking(page: str) -> None:
    order = [
        page.index(f'id="{name}"') for name in ("verdict", "map-section", "ranking", "posts", "evidence", "sources")
    ]
    assert order == sorted(order)


def test_the_contents_of_the_longest_report_name_every_section_in_the_order_of_the_page(full_report: Path) -> None:
    page = full_report.read_text(encoding="utf-8")
    contents = page[page.index('<nav class="contents"') : page.index("</nav>")]
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', contents)
    assert [anchor for anchor, _ in links] == re.findall(r'<section id="([^"]+)"', page)[2:]
    assert set(links) == set(CONTENTS) - {("baseline", "Against the baseline")}


def test_the_licence_notice_of_the_map_code_is_kept(page: str) -> None:
    assert "@license 3-Clause BSD" in page
    assert "OpenStreetMap contributors" in page
    assert "Natural Earth" in page


def test_each_option_has_a_real_checkbox(page: str, assessment: Assessment) -> None:
    boxes = re.findall(r'<input type="checkbox" checked data-option="(\w)">', page)
    assert boxes == [option.label for option in assessment.all_options]


def test_lines_of_the_map_run_from_origin_to_destination(assessment: Assessment) -> None:
    for option in build_map_data(assessment)["options"]:
        pieces = [piece["line"] for piece in option["pieces"]]
        assert pieces[0][0] == pytest.approx(assessment.origin_lon_lat, abs=0.01)
        assert pieces[-1][-1] == pytest.approx(assessment.destination_lon_lat, abs=0.01)
        assert all(a[-1] == b[0] for a, b in pairwise(pieces))


def test_posts_of_the_map_stand_where_the_ways_pass_them(assessment: Assessment) -> None:
    evidence = assessment.evidence
    moved = replace(evidence.crossings["torugart"], lon=76.0)
    elsewhere = replace(assessment, evidence=replace(evidence, crossings={**evidence.crossings, "torugart": moved}))
    (post,) = (post for post in build_map_data(elsewhere)["posts"] if post["id"] == "torugart")
    assert post["at"] == [75.39, 40.55]


def test_the_same_assessment_gives_the_same_page(
    assessment: Assessment, pictures: Mapping[str, Picture], page: str
) -> None:
    assert build_html(assessment, Outlook(), pictures, SHIPPED) == page
