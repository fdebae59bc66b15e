"""The digest as PDF (A4), set with fonts that come with the package: the same digest gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fpdf import FPDF, XPos, YPos
from fpdf.fonts import TTFFont

from rashomon.export.digest import wording
from rashomon.export.digest.content import Area, Basis, Digest, Group, Line, Section

_FONTS = Path(__file__).parent / "vendor"
_TEXT, _ARABIC = "Noto Sans", "Noto Sans Arabic"
_MISSING = "\N{REPLACEMENT CHARACTER}"  # stands, visibly, for a character that the fonts do not have

_MARGIN = 20.0  # millimetres, as all lengths here
_INDENT = 5.0
_INK, _SOFT, _ACCENT, _DIFFER, _RULE = (30, 30, 28), (90, 88, 82), (29, 79, 111), (122, 92, 20), (216, 212, 203)

type Colour = tuple[int, int, int]


class _Paper(FPDF):
    """A4 with the digest's fonts, and a footer on each page."""

    def __init__(self, title: str, day: dt.date) -> None:
        super().__init__(format="A4")
        self._covered: set[int] = set()
        # Both libraries tell of what they leave out of a font on the log of whoever calls: nothing that a reader needs.
        logging.getLogger("fontTools.subset").setLevel(logging.WARNING)
        self.set_margins(_MARGIN, 18, _MARGIN)
        self.set_auto_page_break(True, margin=20)
        for style, file in (("", "NotoSans-Regular.ttf"), ("B", "NotoSans-SemiBold.ttf")):
            self.add_font(_TEXT, style, _FONTS / file)
        self.add_font(_ARABIC, "", _FONTS / "NotoSansArabic-Regular.ttf")
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                self._covered |= font.cmap.keys()
        self._title = self.shown(title)
        self.set_fallback_fonts([_ARABIC], exact_match=False)
        self.set_text_shaping(True)  # joins Arabic letters, and sets them from right to left
        self.set_title(self._title)
        self.set_lang("en")
        self.set_creator("Rashomon")
        self.set_creation_date(dt.datetime.combine(day, dt.time(), dt.UTC))  # never the machine's clock

    def footer(self) -> None:
        """The title, and the number of the page."""
        self.set_xy(_MARGIN, -14)  # a page may end inside an indented line
        self.face(8, _SOFT)
        self.cell(0, 5, self._title, align="L")
        self.set_x(_MARGIN)
        self.cell(0, 5, str(self.page_no()), align="R")

    def face(self, size: float, colour: Colour = _INK, *, bold: bool = False) -> None:
        """Sets the font, in points, and its colour."""
        self.set_font(_TEXT, "B" if bold else "", size)
        self.set_text_color(*colour)

    def shown(self, words: str) -> str:
        """`words` without breaks of lines, and with a sign in place of each character that the fonts do not have."""
        return "".join(" " if c.isspace() else c if ord(c) in self._covered else _MISSING for c in words)

    @contextmanager
    def indented(self, by: float) -> Iterator[None]:
        """Moves the left margin."""
        self.set_left_margin(self.l_margin + by)
        self.set_x(self.l_margin)
        yield
        self.set_left_margin(self.l_margin - by)
        self.set_x(self.l_margin)

    def needs(self, height: float) -> None:
        """Begins a new page where so much does not fit on this one."""
        if self.will_page_break(height):
            self.add_page()


def render_pdf(digest: Digest) -> bytes:
    """The digest as PDF."""
    paper = _Paper(wording.title(digest), digest.last)
    paper.add_page()
    links = {basis.number: paper.add_link() for basis in digest.basis}
    _head(paper, digest)
    for section in digest.sections:
        _section(paper, section, links)
    _outlets(paper, digest)
    _heading(paper, wording.BASIS, 0)
    for basis in digest.basis:
        _basis(paper, basis, links)
    _heading(paper, wording.READING, 0)
    for sentence in wording.HOW:
        _paragraph(paper, sentence, 9.5)
        paper.ln(1)
    stream = io.BytesIO()
    paper.output(stream)
    return stream.getvalue()


def _head(paper: _Paper, digest: Digest) -> None:
    paper.face(8, _SOFT)
    paper.cell(0, 5, "RASHOMON · DIGEST", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.face(20, bold=True)
    paper.multi_cell(0, 9, paper.shown(wording.title(digest)), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(2)
    _paragraph(paper, wording.lead(digest), 10.5)
    if profile := wording.profile(digest):
        paper.ln(2)
        _paragraph(paper, profile, 10.5)
    paper.ln(3)
    _figures(paper, digest)


def _figures(paper: _Paper, digest: Digest) -> None:
    """The summary figures in a row."""
    figures = wording.figures(digest)
    width, top = paper.epw / len(figures), paper.get_y()
    bottom = top
    for number, (name, value) in enumerate(figures):
        paper.set_xy(paper.l_margin + number * width, top)
        paper.face(15, bold=True)
        paper.cell(width, 7, value, new_x=XPos.LEFT, new_y=YPos.NEXT)
        paper.face(7.5, _SOFT)
        paper.multi_cell(width - 3, 3.4, name, align="L")
        bottom = max(bottom, paper.get_y())
    paper.set_xy(paper.l_margin, bottom + 2)


def _heading(paper: _Paper, words: str, level: int) -> None:
    """A heading with its entry in the outline, never alone at the foot of a page."""
    size, before, after, space = ((14.0, 6.0, 2.0, 34.0), (11.5, 4.0, 1.0, 26.0), (8.5, 2.5, 0.5, 20.0))[level]
    paper.ln(before)
    paper.needs(space)
    paper.start_section(paper.shown(words), level)
    paper.face(size, _SOFT if level == 2 else _INK, bold=True)
    paper.multi_cell(0, size * 0.5, paper.shown(words), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    if level == 0:
        paper.set_draw_color(*_RULE)
        paper.line(paper.l_margin, paper.get_y() + 0.6, paper.w - paper.r_margin, paper.get_y() + 0.6)
        paper.ln(1)
    paper.ln(after)


def _section(paper: _Paper, section: Section, links: dict[int, int]) -> None:
    _heading(paper, section.title, 0)
    if not section.areas:
        _paragraph(paper, section.empty, 9.5)
    for area in section.areas:
        _area(paper, area, links)


def _area(paper: _Paper, area: Area, links: dict[int, int]) -> None:
    _heading(paper, area.name, 1)
    for group in area.groups:
        _group(paper, group, links)


def _group(paper: _Paper, group: Group, links: dict[int, int]) -> None:
    if group.title:
        _heading(paper, group.title, 2)
    for line in group.lines:
        _line(paper, line, links)


def _line(paper: _Paper, line: Line, links: dict[int, int]) -> None:
    """A line: what is said, then in small letters its marks and sources."""
    paper.needs(14)
    paper.face(10, _DIFFER if line.differing else _SOFT)
    paper.cell(_INDENT, 5, "•" if line.differing else "–")
    with paper.indented(_INDENT):
        _paragraph(paper, line.sentences[0], 10)
        if more := wording.more(line):
            _paragraph(paper, more, 9)
        paper.face(7.5, _DIFFER if line.differing else _SOFT)
        paper.write(3.8, paper.shown(wording.marks(line)))
        _write(paper, ". Sources: ", 7.5, _SOFT)
        for number, note in enumerate(line.sources):
            _write(paper, "; " if number else "", 7.5, _SOFT)
            for piece, (words, reports) in enumerate(wording.source(note)):
                _write(paper, f"{' ' if piece else ''}{words} ", 7.5, _SOFT)
                for report in reports:
                    paper.face(7.5, _ACCENT)
                    paper.write(3.8, f"[{report}]", links[report])
        _write(paper, f". Event {line.short}", 7.5, _SOFT)
        paper.ln(5.8)


def _outlets(paper: _Paper, digest: Digest) -> None:
    _heading(paper, wording.OUTLETS, 0)
    for outlet in digest.outlets:
        _write(paper, wording.capital(outlet.name), 9.5, _INK)
        _write(paper, f": {outlet.side or wording.NO_SIDE} ({wording.reports(outlet.reports)})", 9.5, _SOFT)
        paper.ln(5.2)


def _basis(paper: _Paper, basis: Basis, links: dict[int, int]) -> None:
    paper.needs(12)
    paper.set_link(links[basis.number], paper.get_y(), page=paper.page_no())
    paper.face(9, _SOFT)
    paper.cell(10, 4.6, f"[{basis.number}]")
    with paper.indented(10):
        _paragraph(
            paper, f"{wording.capital(basis.outlet)}: {wording.basis_title(basis)}, {basis.published.isoformat()}", 9
        )
        notes = (basis.address, f"report {basis.report}", wording.basis_note(basis))
        paper.face(7.5, _ACCENT if basis.link else _SOFT)
        paper.write(3.8, paper.shown(", ".join(note for note in notes if note)), basis.link)
        paper.ln(5.4)


def _paragraph(paper: _Paper, words: str, size: float) -> None:
    paper.face(size)
    paper.multi_cell(0, size * 0.48, paper.shown(words), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _write(paper: _Paper, words: str, size: float, colour: Colour) -> None:
    paper.face(size, colour)
    paper.write(size * 0.51, paper.shown(words))
