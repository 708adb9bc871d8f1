"""Text that XML can hold, for every file that is XML inside: KML, GPX, styles and workbooks."""

from __future__ import annotations

import io
import re
from xml.etree.ElementTree import Element, ElementTree, indent

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    r"""The same text with a replacement mark for each character that XML has no way to write.

    Examples
    --------
    >>> xml_text("bell \a, <script>") == "bell \ufffd, <script>"
    True
    """
    return _NOT_IN_XML.sub("\ufffd", text)


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new element at the end of another one, its text and attributes made safe."""
    element = Element(tag, {name: xml_text(value) for name, value in attributes.items()})
    element.text = xml_text(text) or None
    parent.append(element)
    return element


def document_bytes(root: Element) -> bytes:
    """A whole document as UTF-8 with its declaration, one element a line."""
    indent(root, space=" ")
    buffer = io.BytesIO()
    ElementTree(root).write(buffer, encoding="utf-8", xml_declaration=True)
    return buffer.getvalue() + b"\n"
