"""Sections as Markdown."""

from corridor.report.sections import Section, markdown


def test_a_cell_cannot_end_its_column() -> None:
    page = markdown("Title", "Text.", [Section("One", "", ("a", "b"), (("x|y", "2\n3"),))])
    assert page == "# Title\n\nText.\n\n## One\n\n| a | b |\n| --- | --- |\n| x\\|y | 2 3 |\n"


def test_columns_of_numbers_are_those_in_which_every_cell_is_one() -> None:
    section = Section("One", "", ("name", "km", "off", "mixed"), (("a", "1,200", "-3%", "5"), ("b", "-", "+2%", "x")))
    assert section.number_columns == (1, 2)
