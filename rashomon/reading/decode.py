r"""Bytes -> text. All that is done to a text before it is stored, and kept as the text that offsets count in.

- Decoding: by its byte order mark, else as UTF-8, else by detection.
- Line ends: in a text file '\r\n' and '\r' become '\n'. Fields of JSON and CSV keep theirs.
- Mojibake ('dâ€™Alep' for 'd’Alep') is decoded again where that is certain; the reader of the report is told.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536
_FEW_HIGH = 0.1  # share of bytes
_SUSPECT = re.compile("[ÂÃâØÙÐÑð€™œ]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and a note for the user where more than plain decoding was needed."""

    text: str
    note: str = ""


class NotText(ValueError):  # noqa: N818 - says what the bytes are
    """The bytes are no text in an encoding that can be told."""


def decode(data: bytes) -> Decoded:
    r"""The text that `data` holds, with line ends as '\n'.

    Raises:
        NotText: it is no text, or in an encoding that cannot be told.
    """
    encoding, note = encoding_of(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(f"it looks like {encoding}, but is not: {error.reason} at byte {error.start}") from error
    mended = mend(text.replace("\r\n", "\n").replace("\r", "\n"))
    return Decoded(mended.text, "; ".join(part for part in (note, mended.note) if part))


def mend(text: str) -> Decoded:
    """`text`, decoded again where it is certain that it was decoded wrongly before; else as it is."""
    if not _SUSPECT.search(text):
        return Decoded(text)
    import ftfy  # slow to load and seldom needed
    import ftfy.badness

    if not ftfy.badness.is_bad(text):
        return Decoded(text)
    mended = ftfy.fix_encoding(text)
    return Decoded(text) if mended == text else Decoded(mended, "wrongly decoded characters were mended in it")


def encoding_of(data: bytes) -> tuple[str, str]:
    """Name of the encoding of `data`, and a note where it was detected.

    Raises:
        NotText: it is no text, or in an encoding that cannot be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, ""
    if b"\0" in data[:_SAMPLE]:
        raise NotText("it is no text: it holds zero bytes")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _detected(data, error.start)
    return "utf-8", ""


def encoding_of_stream(stream: BinaryIO) -> tuple[str, str]:
    """As `encoding_of` for a file of any size, read once in pieces; the stream ends where it began.

    Raises:
        NotText: it is no text, or in an encoding that cannot be told.
    """
    began = stream.tell()
    first = stream.read(_SAMPLE)
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            stream.seek(began)
            return encoding, ""
    decoder = codecs.getincrementaldecoder("utf-8")()
    piece, result = first, ("utf-8", "")
    while True:
        if b"\0" in piece:
            raise NotText("it is no text: it holds zero bytes")
        try:
            decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            result = _detected(first if piece is first else first + piece, error.start)
            break
        if not piece:
            break
        piece = stream.read(_SAMPLE)
    stream.seek(began)
    return result


def _detected(data: bytes, wrong: int) -> tuple[str, str]:
    start = max(0, min(wrong, len(data)) - _SAMPLE // 2)
    sample = data[start : start + _SAMPLE]
    encoding = "cp1252" if _is_western(sample) else _guess(sample)
    if encoding is None:
        raise NotText(f"it is not UTF-8 (byte {wrong}), and its encoding cannot be told")
    return encoding, f"it is not UTF-8; read as {encoding}"


def _is_western(sample: bytes) -> bool:
    """Whether few bytes are not ASCII, as in English with curly quotes and accents: too few for a detector."""
    high = sum(byte >= 0x80 for byte in sample)
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return high < _FEW_HIGH * len(sample) and not any(byte < 0x20 and byte not in b"\t\n\r\f" for byte in sample)


def _guess(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes  # slow to load and seldom needed

    best = from_bytes(sample).best()
    return best.encoding if best is not None else None
