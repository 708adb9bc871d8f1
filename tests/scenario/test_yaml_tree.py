from __future__ import annotations

import pytest

from corridor.scenario.faults import Origin
from corridor.scenario.yaml_tree import Node, Tree, build_tree, read_scalar


def read(text: str) -> Tree:
    return build_tree(text, lambda line: Origin("x.yaml", line))


def root(text: str) -> Node:
    tree = read(text)
    assert tree.root is not None
    assert tree.faults == ()
    return tree.root


def faults(text: str) -> list[str]:
    return [str(fault) for fault in read(text).faults]


@pytest.mark.parametrize(
    "text", ["NO", "no", "yes", "on", "off", "22:30", "2026-11-01", "1_000", "0x1F", "1.2.3", "-", "12 t"]
)
def test_what_older_yaml_turns_into_something_else_stays_text(text: str) -> None:
    assert read_scalar(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("18", 18),
        ("-3", -3),
        ("010", 10),
        ("0.4", 0.4),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("2.", 2.0),
        ("9" * 9999, float("inf")),
    ],
)
def test_numbers_are_decimal(text: str, value: float) -> None:
    assert read_scalar(text) == value


def test_infinities_are_numbers_so_that_their_fault_can_be_named() -> None:
    assert read_scalar("-.inf") == float("-inf")
    assert str(read_scalar(".nan")) == "nan"


def test_quotes_make_text_of_anything() -> None:
    assert root("a: '18'\nb: \"null\"\nc: |\n  x\n").plain() == {"a": "18", "b": "null", "c": "x\n"}


def test_lists_become_tuples_and_keys_set_to_null_disappear() -> None:
    assert root("a: [1, x]\nb: ~\nc: {d: null}\n").plain() == {"a": (1, "x"), "c": {}}


def test_each_value_remembers_its_line() -> None:
    mapping = root("a: 1\nb:\n  - x\n  - y\n").value
    assert isinstance(mapping, dict)
    assert str(mapping["a"].origin) == "x.yaml:1"
    assert [str(item.origin) for item in mapping["b"].value] == ["x.yaml:3", "x.yaml:4"]


def test_a_repeated_key_is_told_with_both_lines() -> None:
    assert faults("a:\n  b: 1\n  c: 2\n  b: 3\n") == [
        "x.yaml:4: a.b: repeated key; expected each key once, got it on lines 2 and 4. Keep one of the two."
    ]


def test_tags_are_refused_and_never_executed() -> None:
    assert faults("a: !!python/object/apply:os.system [echo]\n") == [
        (
            "x.yaml:1: a: tag; expected a plain value, got 'tag:yaml.org,2002:python/object/apply:os.system'. "
            "Remove the tag."
        )
    ]


def test_anchors_and_aliases_are_refused_so_that_nothing_can_multiply() -> None:
    laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert [fault.what for fault in read(laughs).faults] == ["anchor", "anchor", "alias", "alias", "alias", "alias"]


def test_deep_nesting_is_refused_at_once() -> None:
    assert "nested too deeply" in faults("[" * 100_000)[0]


def test_merge_keys_are_keys_like_any_other() -> None:
    assert root("<<: {a: 1}\n").plain() == {"<<": {"a": 1}}


def test_a_second_document_is_refused() -> None:
    assert faults("a: 1\n---\nb: 2\n") == [
        "x.yaml:2: second document; expected one document, got '---'. Remove the rest."
    ]


def test_another_version_of_yaml_is_refused() -> None:
    assert "expected YAML 1.2, got 1.1" in faults("%YAML 1.1\n---\na: NO\n")[0]


def test_keys_that_are_lists_are_refused() -> None:
    assert faults("? [a]\n: 1\n") == ["x.yaml:1: unreadable key; expected a word, got a list. Write 'key: value'."]


@pytest.mark.parametrize("text", ["a: [", "a: 'x", "a: b: c", "\x01", '"\\UFFFFFFFF"', "- \t-", "!<", "a: @x"])
def test_text_that_is_not_yaml_is_one_fault_with_a_line(text: str) -> None:
    tree = read(text)
    assert tree.root is None
    assert [fault.what for fault in tree.faults] == ["not YAML"]
    assert tree.faults[0].origin.line


def test_the_faults_before_a_broken_line_are_told_as_well() -> None:
    assert [fault.what for fault in read("a: !x 1\nb: [\n").faults] == ["tag", "not YAML"]


def test_nothing_at_all_is_an_empty_value() -> None:
    assert root("").value is None
    assert root("# only a comment\n").value is None
