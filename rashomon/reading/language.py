"""Which language an article is in: cheap for English and Arabic, a detector only where these do not decide."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rashomon.errors import KnowledgeError
from rashomon.knowledge.files import Layers

if TYPE_CHECKING:
    from lingua import LanguageDetector

_PREFIX = 4000
_LETTERS = 500
_ENGLISH_SHARE = 0.22
_PERSIAN = frozenset("پچژگ")


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """The content of languages.yaml."""

    english: frozenset[str]
    detect: tuple[str, ...]
    scripts: Mapping[str, str]


@cache
def language_words(layers: Layers) -> LanguageWords:
    """Reads languages.yaml; the highest layer that has one counts alone.

    Raises:
        KnowledgeError: there is none, or it is broken.
    """
    files = layers.files("languages.yaml")
    if not files:
        raise KnowledgeError("no languages.yaml in the folders of knowledge", remedy="Reinstall Rashomon")
    content = files[-1].yaml()
    try:
        scripts = {str(script): str(language) for script, language in content["scripts"].items()}
        return LanguageWords(frozenset(content["english"]), tuple(content["detect"]), scripts)
    except (KeyError, TypeError, AttributeError) as error:
        raise KnowledgeError(
            f"a part is missing: {error}", where=files[-1].path, remedy="Compare it with the built-in file"
        ) from error


def find_language(article: str, words: LanguageWords) -> str | None:
    """ISO 639-1 code of the language of `article` (without its furniture), or None where it cannot be told."""
    prefix = " ".join(article[: 4 * _PREFIX].split())[:_PREFIX]
    tokens = re.findall(r"[a-z']+", prefix.casefold())
    if len(tokens) >= 12 and sum(token in words.english for token in tokens) >= _ENGLISH_SHARE * len(prefix.split()):
        return "en"
    letters = re.findall(r"[^\W\d_]", prefix)[:_LETTERS]
    if len(letters) < 3:
        return None
    script, count = Counter(unicodedata.name(char, "?").split()[0] for char in letters).most_common(1)[0]
    if script == "ARABIC" and count > len(letters) / 2:
        persian = sum(char in _PERSIAN for char in letters)
        return "fa" if persian > count / 100 else words.scripts["ARABIC"]
    if script != "LATIN":
        return words.scripts.get(script)
    return _detect(prefix, words.detect)


def _detect(prefix: str, languages: tuple[str, ...]) -> str | None:
    found = _detector(languages).detect_language_of(prefix)
    return None if found is None else found.iso_code_639_1.name.lower()


@cache
def _detector(languages: tuple[str, ...]) -> LanguageDetector:
    from lingua import IsoCode639_1, LanguageDetectorBuilder  # loaded only where it is needed

    codes = [getattr(IsoCode639_1, language.upper()) for language in languages]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()
