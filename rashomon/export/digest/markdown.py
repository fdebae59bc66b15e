"""The digest as Markdown (CommonMark), which also reads well as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rashomon.export.digest import wording
from rashomon.export.digest.content import Area, Basis, Digest, Line, Section

# What Markdown or HTML inside it would read as marks; a report's words are only words.
_MARKS = re.compile(r"([\\`*_\[\]<>#|~&])")
_UNSEEN = dict.fromkeys((*range(32), 127, *range(128, 160)), "�")


def render_markdown(digest: Digest) -> bytes:
    """The digest as Markdown in UTF-8."""
    return ("\n".join(_lines(digest)) + "\n").encode("utf-8", "replace")


def _lines(digest: Digest) -> Iterator[str]:
    yield f"# {_plain(wording.title(digest))}"
    yield ""
    yield _plain(wording.lead(digest))
    yield ""
    if profile := wording.profile(digest):
        yield _plain(profile)
        yield ""
    yield f"## {wording.SUMMARY}"
    yield ""
    yield from (f"- {name}: {number}" for name, number in wording.figures(digest))
    yield ""
    for section in digest.sections:
        yield from _section(section)
    yield f"## {wording.OUTLETS}"
    yield ""
    for outlet in digest.outlets:
        yield f"- {_plain(wording.capital(outlet.name))} ({_plain(outlet.side or wording.NO_SIDE)}): {outlet.reports}"
    yield ""
    yield f"## {wording.BASIS}"
    yield ""
    yield from (_basis(basis) for basis in digest.basis)
    yield ""
    yield f"## {wording.READING}"
    yield ""
    yield from (f"- {sentence}" for sentence in wording.HOW)


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title}"
    yield ""
    if not section.areas:
        yield section.empty
        yield ""
    for area in section.areas:
        yield from _area(area)


def _area(area: Area) -> Iterator[str]:
    yield f"### {_plain(area.name)}"
    yield ""
    for group in area.groups:
        if group.title:
            yield f"#### {group.title}"
            yield ""
        yield from (_line(line) for line in group.lines)
        yield ""


def _line(line: Line) -> str:
    told = f"{line.sentences[0]} {wording.more(line)}".strip()
    sources = "; ".join(
        " ".join(f"{_plain(words)} {_numbers(numbers)}" for words, numbers in wording.source(note))
        for note in line.sources
    )
    return f"- {_plain(told)} ({_plain(wording.marks(line))}; sources: {sources}; event `{line.short}`)"


def _numbers(numbers: tuple[int, ...]) -> str:
    return "".join(f"\\[{number}\\]" for number in numbers)


def _basis(basis: Basis) -> str:
    parts = [f"- \\[{basis.number}\\] {_plain(wording.capital(basis.outlet))}: {_plain(wording.basis_title(basis))}"]
    parts.append(basis.published.isoformat())
    if basis.link:
        parts.append(f"<{_address(basis.link)}>")
    elif basis.address:
        parts.append(_plain(basis.address))
    parts.append(f"report {_plain(basis.report)}")
    if note := wording.basis_note(basis):
        parts.append(_plain(note))
    return ", ".join(parts)


def _address(link: str) -> str:
    """An address that cannot end the link, nor hold a space."""
    return "".join(f"%{ord(c):02X}" if c in "<> \\\n\t" else c for c in link)


def _plain(words: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(words.translate(_UNSEEN).split()))
