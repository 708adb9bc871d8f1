"""Sections as Markdown."""

from corridor.report.sections import Section, markdown


def test_a_cell_cannot_end_its_column() -> None:
    page = markdown("Title", "Text.", [Section("One", "", ("a", "b"), (("x|y", "2\n3"),))])
    assert page == "# Title\n\nText.\n\n## One\n\n| a | b |\n| --- | --- |\n| x\\|y | 2 3 |\n"


def test_columns_of_numbers_are_those_in_which_every_cell_is_one() -> None:
    section = Section("One", "", ("name", "km", "off", "mixed"), (("a", "1,200", "-3%", "5"), ("b", "-", "+2%", "x")))
    assert section.number_columns == (1, 2)


def test_numbers_stand_to_the_right_and_dates_are_not_broken() -> None:
    section = Section("Past", "", ("from", "days", "way"), (("2025-06-15", "−0.4", "Taftan"), ("2025-10-11", "–", "K")))
    assert section.number_columns == (1,)
    assert section.date_columns == (0,)


def test_notes_are_listed_behind_the_table() -> None:
    page = markdown("Title", "Text.", [Section("One", "Read so.", ("a",), (("x",),), ("First.", "Second."))])
    assert page.endswith("| x |\n\n- First.\n- Second.\n")
