"""Word documents made by hand for tests: every feature an importer meets, from plain XML."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/><w:basedOn w:val="a"/></w:style>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="h{n}"><w:name w:val="heading {n}"/><w:basedOn w:val="a"/></w:style>'
        for n in (1, 2, 3)
    )
    + "</w:styles>"
)
LIST, BULLETS, THAI = 1, 2, 3
_NUMBERING = (
    f'{_HEAD}<w:numbering xmlns:w="{W}">'
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="thaiNumbers"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="thaiLetters"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
    + "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(3))
    + '<w:num w:numId="11"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
)


def run(text: str, *, bold: bool = False) -> str:
    """A run; line feeds become line breaks, tabs tabs."""
    parts = "<w:br/>".join(
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(c)}</w:t>' for c in line.split("\t")) for line in text.split("\n")
    )
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{parts}</w:r>"


def inserted(text: str) -> str:
    """A tracked insertion."""
    return f'<w:ins w:id="1" w:author="a">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    """A tracked deletion."""
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def p(*runs: str, style: str = "", num: int = 0, level: int = 0, centre: bool = False, mark_deleted: bool = False) -> str:
    """A paragraph; a run that is no XML is text."""
    inner = "".join(r if r.startswith("<w:") else run(r) for r in runs)
    properties = (
        (f'<w:pStyle w:val="{style}"/>' if style else "")
        + (f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>' if num else "")
        + ('<w:jc w:val="center"/>' if centre else "")
        + ('<w:rPr><w:del w:id="3" w:author="a"/></w:rPr>' if mark_deleted else "")
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def cell(*paragraphs: str, span: int = 1, merged: bool = False) -> str:
    """A table cell of paragraphs (or plain text)."""
    properties = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + ("<w:vMerge/>" if merged else "")
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(x if x.startswith('<w:') else p(x) for x in paragraphs) or p('')}</w:tc>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of cells (or plain text)."""
    body = "".join(f"<w:tr>{''.join(c if c.startswith('<w:tc>') else cell(c) for c in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{body}</w:tbl>"


def textbox(*paragraphs: str) -> str:
    """A paragraph holding a text box, in both forms Word writes."""
    content = f"<w:txbxContent>{''.join(p(x) for x in paragraphs)}</w:txbxContent>"
    return (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing>'
        f"<w:box>{content}</w:box></w:drawing></mc:Choice><mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def docx(*blocks: str, parts: dict[str, str] | None = None, numbering: str = _NUMBERING) -> bytes:
    """The file. `parts`: name to the inside of the root element of header1, footer1, footnotes, comments …"""
    roots = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "comments": "comments"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", _TYPES)
        z.writestr("word/document.xml", f'{_HEAD}<w:document xmlns:w="{W}"><w:body>{"".join(blocks)}</w:body></w:document>')
        z.writestr("word/styles.xml", _STYLES)
        z.writestr("word/numbering.xml", numbering)
        for name, inner in (parts or {}).items():
            root = next(r for stem, r in roots.items() if name.startswith(stem))
            z.writestr(f"word/{name}.xml", f'{_HEAD}<w:{root} xmlns:w="{W}">{inner}</w:{root}>')
    return out.getvalue()
