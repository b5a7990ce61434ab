"""Real Word footnotes for python-docx, which has none of its own (ECMA-376 part 1, 17.11)."""

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

_SEPARATORS = """
<w:footnotes {namespaces}>
  <w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>
    <w:r><w:separator/></w:r></w:p></w:footnote>
  <w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>
    <w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>
"""


def _field_mark(kind: str) -> BaseOxmlElement:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


class Footnotes:
    """The footnotes of one document. Add them in reading order, then call `attach` once before saving."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root = parse_xml(_SEPARATORS.format(namespaces=nsdecls("w")))
        self._last = 0
        self._told: dict[str, int] = {}
        self._make_styles()

    def _make_styles(self) -> None:
        styles = self._document.styles
        reference = styles.add_style("Footnote Reference", 2)
        reference.font.superscript = True
        text = styles.add_style("Footnote Text", 1)
        text.base_style = styles["Normal"]
        text.font.size = Pt(10)
        text.paragraph_format.first_line_indent = Pt(0)
        text.paragraph_format.line_spacing = 1.0
        text.paragraph_format.space_after = Pt(2)
        self._reference_id, self._text_id = reference.style_id, text.style_id

    def add(self, paragraph: Paragraph, words: str) -> int:
        """Put a reference at the end of `paragraph` and its note in the notes; returns its number.

        A note told before is not told again: the reference then points to it (a NOTEREF field).
        """
        if words in self._told:
            self._refer(paragraph, self._told[words])
            return self._told[words]
        self._last += 1
        self._told[words] = self._last
        bookmark = OxmlElement("w:bookmarkStart")
        bookmark.set(qn("w:id"), str(self._last))
        bookmark.set(qn("w:name"), f"_note{self._last}")
        paragraph._p.append(bookmark)  # noqa: SLF001  python-docx offers no other way in
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self._last))
        self._mark(paragraph, reference)
        end = OxmlElement("w:bookmarkEnd")
        end.set(qn("w:id"), str(self._last))
        paragraph._p.append(end)  # noqa: SLF001
        self._root.append(self._note(words))
        return self._last

    def _mark(self, paragraph: Paragraph, element: BaseOxmlElement) -> None:
        run = paragraph.add_run()
        run.style = self._document.styles["Footnote Reference"]
        run._r.append(element)  # noqa: SLF001

    def _refer(self, paragraph: Paragraph, number: int) -> None:
        instruction = OxmlElement("w:instrText")
        instruction.text = f" NOTEREF _note{number} \\f \\h "
        shown = OxmlElement("w:t")
        shown.text = str(number)
        for element in (
            _field_mark("begin"), instruction, _field_mark("separate"), shown, _field_mark("end")
        ):  # fmt: skip
            self._mark(paragraph, element)

    def _note(self, words: str) -> etree._Element:
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), str(self._last))
        paragraph = OxmlElement("w:p")
        properties = OxmlElement("w:pPr")
        style = OxmlElement("w:pStyle")
        style.set(qn("w:val"), self._text_id)
        properties.append(style)
        paragraph.append(properties)
        mark = OxmlElement("w:r")
        mark_properties = OxmlElement("w:rPr")
        mark_style = OxmlElement("w:rStyle")
        mark_style.set(qn("w:val"), self._reference_id)
        mark_properties.append(mark_style)
        mark.append(mark_properties)
        mark.append(OxmlElement("w:footnoteRef"))
        paragraph.append(mark)
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.set(qn("xml:space"), "preserve")
        text.text = f" {words}"
        run.append(text)
        paragraph.append(run)
        note.append(paragraph)
        return note

    def attach(self) -> None:
        """Make the notes a part of the document's package."""
        part = Part(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True),
            self._document.part.package,
        )
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
