"""Names of actors, shown to the language model as one plain word each: a sentence is read alike whoever is in it.

A model of general news knows some names better than others: it takes 'Islamic State of Iraq and the Levant' apart, and
reads the sentence around one group otherwise than around another. So each name of somebody (no mere role) in the file
of actors is replaced by a stand-in of its form before the model reads the text; afterwards every token of the text is
there again, the name's tokens hanging on its last one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from spacy.tokens import Doc
from thinc.types import Ints2d

from rashomon.knowledge.actor_forms import Name, names_in
from rashomon.knowledge.actors import Actors

_ATTRIBUTES: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD"]
_TAG, _POS, _MORPH, _LEMMA, _DEP, _HEAD = range(len(_ATTRIBUTES))
_SHORT = 3  # letters of an acronym, which is in capitals anyway
_KEPT = "rashomon_names"


@dataclass(frozen=True, slots=True)
class _Kept:
    """The text as it came, and of each token that the model read: how many of the text it is, whether it is a name."""

    words: list[str]
    spaces: list[bool]
    counts: list[int]
    names: list[bool]


class StandIns:
    """The first step of the pipeline: names give way to their stand-ins."""

    def __init__(self) -> None:
        self._actors: Actors | None = None
        self._words: Mapping[str, str] = {}

    def know(self, actors: Actors, words: Mapping[str, str]) -> None:
        """Says whose names give way, and to what; before that, none does.

        Args:
            actors: whose names.
            words: for each of `FORMS` the word that the model reads.
        """
        self._actors, self._words = actors, words

    def __call__(self, doc: Doc) -> Doc:
        """The document as the model reads it; `restored` makes the one that comes out of it whole again."""
        texts, whites = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
        words: list[str] = []
        spaces: list[bool] = []
        counts: list[int] = []
        names: list[bool] = []
        at = 0
        for name in names_in(texts, whites, self._actors) if self._actors else ():
            words += [*texts[at : name.start], self._read(texts, name)]
            spaces += [*whites[at : name.start], whites[name.end - 1]]
            counts += [1] * (name.start - at) + [name.end - name.start]
            names += [False] * (name.start - at) + [True]
            at = name.end
        if not at:
            return doc
        words += texts[at:]
        spaces += whites[at:]
        counts += [1] * (len(texts) - at)
        names += [False] * (len(texts) - at)
        shown = Doc(doc.vocab, words=words, spaces=spaces)
        shown.user_data[_KEPT] = _Kept(texts, whites, counts, names)
        shown._context = doc._context
        return shown

    def _read(self, texts: Sequence[str], name: Name) -> str:
        """The word for a name; in capitals among words in capitals, as in some headlines."""
        word, start, end = self._words[name.form], name.start, name.end
        beside = [text for text in (*texts[max(start - 1, 0) : start], *texts[end : end + 1]) if len(text) > _SHORT]
        shouted = any(text.isupper() for text in beside) and all(part.isupper() for part in texts[start:end])
        return word.upper() if shouted else word


def restored(doc: Doc) -> Doc:
    """The last step of the pipeline: every token of the text is there again, with what the model said."""
    kept: _Kept | None = doc.user_data.pop(_KEPT, None)
    if kept is None:
        return doc
    made = Doc(doc.vocab, words=kept.words, spaces=kept.spaces)
    made._context = doc._context
    counts = np.asarray(kept.counts)
    read = np.repeat(np.arange(len(counts)), counts)  # of each token of the text, the one that the model read for it
    last = np.cumsum(counts) - 1  # and the other way round; of a name its last token
    values = doc.to_array(_ATTRIBUTES)
    heads = values[:, _HEAD].view(np.int64) + np.arange(len(counts))
    values, heads = values[read], last[heads[read]]
    strings = doc.vocab.strings
    orths = made.to_array("ORTH")
    for at in np.flatnonzero(np.asarray(kept.names)[read]):
        values[at, _LEMMA] = orths[at]
        whole = last[read[at]]
        if at != whole:
            values[at, _TAG], values[at, _POS], values[at, _DEP] = strings["NNP"], strings["PROPN"], strings["compound"]
            heads[at] = whole
    values[:, _HEAD] = (heads - np.arange(len(values))).view(np.uint64)
    return made.from_array(_ATTRIBUTES, cast(Ints2d, values))
