"""The tables of evidence as a workbook: out to a locked template, back in with every fault and every change."""

from corridor.evidence_book.export import export_book
from corridor.evidence_book.importing import ImportedBook, import_book

__all__ = ["ImportedBook", "export_book", "import_book"]
