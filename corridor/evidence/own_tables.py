"""Tables of a user's own in place of the bundled ones: what they are called, and where they differ."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corridor.bundled import data_path
from corridor.errors import DataError
from corridor.evidence.evidence import Evidence
from corridor.evidence.reading import read_evidence, read_years
from corridor.evidence.table_changes import TableChange, changed_rows, compare_rows
from corridor.evidence.table_forms import TABLE_FORMS, YEARS_FILE
from corridor.evidence.table_text import WrittenTables, read_written_tables


@dataclass(frozen=True, slots=True)
class OwnTables:
    """A folder of own tables.

    Parameters
    ----------
    name : of the folder, without its parents
    files : name -> bytes, as they were when the evidence was read
    changes : where they differ from the bundled tables
    """

    name: str
    files: Mapping[str, bytes]
    changes: tuple[TableChange, ...]

    @property
    def sha256(self) -> dict[str, str]:
        """Digest of every file by its name."""
        return {name: hashlib.sha256(content).hexdigest() for name, content in self.files.items()}

    @property
    def sentence(self) -> str:
        """Whose numbers a run stands on."""
        number = changed_rows(self.changes)
        rows = "1 row differs" if number == 1 else f"{number:,} rows differ"
        return f"Numbers: own tables in {self.name}; {rows} from the bundled ones."


def read_own_evidence(folder: Path) -> Evidence:
    """The evidence of a folder of own tables, checked like the bundled ones, with what it changes.

    Raises
    ------
    DataError
        A table is missing or has faults; each line of the message begins with the name of the folder.
    """
    name = folder.resolve().name
    try:
        evidence = read_evidence(folder)
    except DataError as error:
        raise DataError("\n".join(_of_folder(line, folder) for line in str(error).splitlines())) from error
    written = read_written_tables(folder)
    changes = (*_changed_years(folder), *compare_tables(read_written_tables(data_path()), written))
    return replace(evidence, own=OwnTables(name, written.files, changes))


def _of_folder(line: str, folder: Path) -> str:
    """A line of a message that says whose table it is about."""
    return line if line.startswith(str(folder)) else f"{folder.resolve().name}/{line}"


def compare_tables(old: WrittenTables, new: WrittenTables) -> tuple[TableChange, ...]:
    """What differs between the tables of two folders, table by table."""
    return tuple(
        change for form in TABLE_FORMS for change in compare_rows(form, old.rows[form.name], new.rows[form.name])
    )


def _changed_years(folder: Path) -> list[TableChange]:
    """Differences of the two dates that all tables share."""
    bundled, own = (read_years(path / YEARS_FILE) for path in (data_path(), folder))
    names = ("evidence_as_of", "base_year")
    pairs = [(name, str(old), str(new)) for name, old, new in zip(names, bundled, own, strict=True)]
    return [TableChange(YEARS_FILE, "", name, old, new, 0) for name, old, new in pairs if old != new]
