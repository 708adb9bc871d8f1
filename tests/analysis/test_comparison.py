"""Two runs side by side: options matched by their posts, and what has changed."""

from corridor.analysis.comparison import (
    Comparison,
    EvidenceValue,
    OptionPair,
    ReportedOption,
    ReportedRun,
    changed_evidence,
    changed_files,
    key_input,
    pair_options,
)
from corridor.scenario import Change, Scenario, read_scenario

NORTH, SOUTH = (("khunjerab", "PAK-CHN"),), (("taftan", "PAK-IRN"),)


def option(chain: tuple[tuple[str, str], ...], *, rank: int | None, usd: float = 6000.0) -> ReportedOption:
    return ReportedOption("A", chain, rank, 5000.0, 240.0, usd, is_lower_bound=False, generalised_cost_usd=usd + 1000)


def scenario() -> Scenario:
    return read_scenario("islamabad-minsk", known=None).scenario


def run(**evidence: EvidenceValue) -> ReportedRun:
    return ReportedRun("run-1", scenario(), (), (), "", {}, {}, {}, evidence)


def test_options_are_matched_by_their_chain_whatever_their_letter_or_rank() -> None:
    old, new = [option(NORTH, rank=1), option(SOUTH, rank=2)], [option(SOUTH, rank=1), option(NORTH, rank=2, usd=6500)]
    south, north = pair_options(old, new)
    assert (south.chain, north.chain) == (SOUTH, NORTH)
    assert (south.change("money_usd"), north.change("money_usd")) == (0.0, 500.0)


def test_an_option_that_is_gone_comes_last_and_has_no_change() -> None:
    pairs = pair_options([option(NORTH, rank=1)], [option(SOUTH, rank=1)])
    assert [(pair.chain, pair.old is None, pair.new is None) for pair in pairs] == [
        (SOUTH, True, False),
        (NORTH, False, True),
    ]
    assert pairs[0].change("money_usd") is None


def test_a_post_that_opens_keeps_its_option_and_gives_it_a_rank() -> None:
    (pair,) = pair_options([option(NORTH, rank=None)], [option(NORTH, rank=3)])
    assert pair == OptionPair(NORTH, option(NORTH, rank=None), option(NORTH, rank=3))


def test_an_override_of_one_run_stands_beside_the_tables_number_with_its_source() -> None:
    old = run(**{"crossings.torkham.PAK-AFG.queue_h": EvidenceValue("18", "h", "cpmm-2022")})
    change = Change("override.crossings.torkham.PAK-AFG.queue_h", None, 12, "run-2")
    row = key_input(change, old, run(), {}, {})
    assert (row.old, row.new, row.old_source, row.new_source) == ("18 h", "12", "cpmm-2022", "scenario islamabad-minsk")


def test_a_number_nobody_read_back_is_not_invented() -> None:
    row = key_input(Change("override.crossings.torkham.status", None, "open", "run-2"), run(), run(), {}, {})
    assert (row.old, row.old_source) == ("as in the tables", "")


def test_changed_numbers_of_the_tables_leave_out_what_the_scenario_sets() -> None:
    old = run(a=EvidenceValue("1", "h", "x"), b=EvidenceValue("2", "h", "x"), c=EvidenceValue("3", "h", "x"))
    new = run(a=EvidenceValue("5", "h", "y"), b=EvidenceValue("4", "h", "x"), c=EvidenceValue("3", "h", "x"))
    found = changed_evidence(old, new, but=frozenset({"b"}))
    assert [(row.key, row.old, row.new, row.new_source) for row in found] == [("a", "1 h", "5 h", "y")]


def test_a_file_that_only_one_run_has_counts_as_changed() -> None:
    assert changed_files({"a": "1", "b": "2"}, {"a": "1", "c": "2"}) == ("b", "c")


def test_the_frame_has_a_row_per_option_and_quantity() -> None:
    pairs = pair_options([option(NORTH, rank=1)], [option(NORTH, rank=1, usd=6250.0)])
    frame = Comparison("old", "new", (), (), (), (), pairs, None, None).to_frame()
    assert len(frame) == 4
    assert frame.loc[frame["quantity"] == "money_usd", "change"].tolist() == [250.0]
