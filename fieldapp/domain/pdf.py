"""Pages of text as a PDF: Helvetica in WinAnsi, so æ, ø and å stand; no metadata, not even a date (ISO 32000-1)."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Adobe's widths of Helvetica, in thousandths of the size, for WinAnsi's characters 32 to 126.
_ASCII = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),  # space to /
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),  # 0 to ?
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),  # @ to O
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),  # P to _
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),  # ` to o
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),  # p to ~
)
_WIDTHS = {chr(32 + n): width for n, width in enumerate(_ASCII)} | {
    "æ": 889, "ø": 611, "å": 556, "Æ": 1000, "Ø": 778, "Å": 667, "é": 556, "ü": 556, "ö": 556, "ä": 556,
    "–": 556, "’": 222, "“": 333, "”": 333, "·": 278,
}  # fmt: skip
_FONTS = (b"Helvetica", b"Helvetica-Bold")
_WIDEST = 1015
"""Of a letter this does not know: a line is then rather too short than cut off."""


@dataclass(frozen=True)
class Line:
    """A line of text. `x` and `y` are points from the lower left corner; turned, it stands on its head from there."""

    text: str
    x: float
    y: float
    size: float
    turned: bool = False
    bold: bool = False


def can_write(text: str) -> bool:
    """Whether every letter is in WinAnsi."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return text.isprintable()


def width(text: str, size: float) -> float:
    return sum(_WIDTHS.get(letter, _WIDEST) for letter in text) * size / 1000


def wrapped(text: str, size: float, room: float) -> list[str]:
    """In lines no wider than `room`; a word that is wider by itself is broken."""
    lines: list[str] = []
    here = ""
    for word in text.split():
        for part in _pieces(word, size, room):
            longer = f"{here} {part}" if here else part
            if here and width(longer, size) > room:
                lines.append(here)
                here = part
            else:
                here = longer
    return [*lines, here] if here else lines


def _pieces(word: str, size: float, room: float) -> list[str]:
    pieces, here = [], ""
    for letter in word:
        if here and width(here + letter, size) > room:
            pieces.append(here)
            here = ""
        here += letter
    return [*pieces, here]


def document(wide: float, high: float, *pages: Sequence[Line]) -> bytes:
    """A whole file of these pages, all of one size in points."""
    box = b"%s %s" % (_number(wide), _number(high))
    kids = b" ".join(b"%d 0 R" % _page_at(n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        *(b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name for name in _FONTS),
    ]
    for n, lines in enumerate(pages):
        content = b"\n".join(map(_drawn, lines))
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (box, _page_at(n) + 1),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        ]
    file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, each in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    file_end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + file_end


def _page_at(n: int) -> int:
    """The number of its object: two stand before it, the fonts, and each page has one for its content."""
    return 3 + len(_FONTS) + 2 * n


def _drawn(line: Line) -> bytes:
    along = -1 if line.turned else 1
    text = line.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    place = b"%d 0 0 %d %s %s Tm" % (along, along, _number(line.x), _number(line.y))
    return b"BT /F%d %s Tf %s (%s) Tj ET" % (1 + line.bold, _number(line.size), place, text)


def _number(value: float) -> bytes:
    return f"{value:.2f}".rstrip("0").rstrip(".").encode()
