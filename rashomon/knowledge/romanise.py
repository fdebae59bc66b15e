"""Folds the many Latin spellings of one Arabic place name into keys.

Two levels. `fold_key` is nearly a spelling check: articles, sun letters, hyphens, apostrophes, vowel spellings and
doubled letters go, vowels stay as three classes, so that different names seldom meet. `skeleton` keeps only the
consonants: it finds candidates, never answers, and whoever uses it must ask for more evidence (`similarity`, the kind
of place, the governorate, the neighbours in the text).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

FOLDING = 1
"""Raise it when `fold_key` or `skeleton` give anything else: what is kept of their results is then made anew."""

_APOSTROPHES = "'’‘`´ʿʾʼʻ′"
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_POSSESSIVE = re.compile(f"[{_APOSTROPHES}]s\\b", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[^0-9a-zA-Z؀-ۿ]+")
_GLUED_ARTICLE = re.compile(r"^[Aa]l(?=[A-Z])")

_PLAIN_ARTICLES = frozenset({"al", "el", "ul", "il", "l", "the"})
# The article before a sun letter takes that letter's sound: ash-Shaar, ez-Zor, an-Nabk.
_SUN_ARTICLE = re.compile(r"^[aeui](d|dh|n|r|s|sh|t|th|z)$")
_GLUED_SUN_ARTICLE = re.compile(r"^[aeu](?=(zz|ss|dd|rr|nn|tt|shsh))")

# Generic parts of names whose spelling varies more than the rules below can fold.
_GENERIC = {
    variant: form
    for form, variants in {
        "tal": "tal tall tel tell til till",
        "jabal": "jabal jebel jabel djebel gebel jbel jabl",
        "kafr": "kafr kefr kfar kfr kafar kefar kufr kafer",
        "dir": "deir dayr der dair deyr dir",
        "bit": "beit bait bayt beyt bet bit",
        "in": "ain ayn ein eyn ayin",
        "um": "umm um om omm oum",
        "abu": "abu abou abo aboo",
        "marat": "maarat maaret maarrat marrat marat maara maarra maarret",
        "six": "sheikh shaykh shaikh sheik cheikh sheyh seyh sheikha",
        "xan": "khan",
        "birj": "burj borj bourj",
        "bir": "bir bi'r beer be'er",
        "harba": "kherbet khirbet khirbat kharbet khurbat kharba kherba khirba",
    }.items()
    for variant in variants.split()
}

# Longer spellings first: what an earlier rule has replaced, a later one does not see again.
_SOUNDS = (
    ("tch", "S"),
    ("dsh", "S"),
    ("sch", "S"),
    ("sh", "S"),
    ("ch", "S"),
    ("kh", "x"),
    ("gh", "g"),
    ("dj", "j"),
    ("th", "t"),
    ("dh", "d"),
    ("ph", "f"),
    ("ck", "k"),
    ("q", "k"),
    ("c", "k"),
    ("p", "b"),
    ("v", "f"),
)
_SOUND = re.compile("|".join(spelling for spelling, _ in _SOUNDS))
_SOUND_OF = dict(_SOUNDS)
_VOWELS = re.compile(r"[aeiouyw]*[aeiouy][aeiouyw]*")
_DOUBLED = re.compile(r"(.)\1+")
_FINAL = re.compile(r"(?:ah|eh|a|e)$")
_FINAL_IYA = re.compile(r"(?:iyy|iy|eyy|ey|i|y)(?:ah|eh|at|et|a|e)$")
_SKELETON_SOUNDS = str.maketrans(
    {"x": "h", "z": "s", "S": "s", "g": "k", "d": "t", "w": None, "a": None, "i": None, "u": None}
)


def fold_words(name: str) -> list[str]:
    """The folded words of a name, articles dropped; empty for a name without letters or digits.

    Args:
        name: a place name in Latin letters; Arabic letters are kept as they are.
    """
    if name.isascii():
        text = name
    else:
        decomposed = unicodedata.normalize("NFKD", name)
        text = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ı", "i")
    text = _POSSESSIVE.sub("", text)
    text = _APOSTROPHE.sub("", text)
    raw = [_GLUED_ARTICLE.sub("", word).casefold() for word in _NOT_LETTERS.split(text) if word]
    words = []
    last = len(raw) - 1
    for i, word in enumerate(raw):
        if i < last and (word in _PLAIN_ARTICLES or _is_sun_article(word, raw[i + 1])):
            continue
        words.append(_fold_word(word, first=i == 0))
    return words


@lru_cache(maxsize=1 << 16)
def fold_key(name: str) -> str:
    """The key under which spellings of one name meet: 'Jiroud', 'Jairud' and 'Jayrud' give the same.

    Word breaks do not count ('Abu Kamal' is 'Abukamal').
    """
    return "".join(fold_words(name))


def skeleton(name: str) -> str:
    """The consonants of a name, roughly: 'Rahibeh' and 'al-Ruhaybah' agree, and so do some that should not."""
    return skeleton_of_key(fold_key(name))


def skeleton_of_key(key: str) -> str:
    """The skeleton of a name whose `fold_key` is known."""
    return _DOUBLED.sub(r"\1", key.translate(_SKELETON_SOUNDS))


def similarity(one: str, other: str) -> float:
    """How alike two names sound, 0 to 1, by their folded spelling; 1 where the keys are equal."""
    return JaroWinkler.normalized_similarity(fold_key(one), fold_key(other))


def without_possessive_s(name: str) -> str | None:
    """The name without a final s that may be a possessive whose apostrophe was lost ('Aleppos'), else None."""
    if len(name) > 3 and name[-1] == "s" and name[-2] != "s" and name[-2].isalpha():
        return name[:-1]
    return None


def _is_sun_article(word: str, following: str) -> bool:
    match = _SUN_ARTICLE.match(word)
    return match is not None and following.startswith(match.group(1))


def _fold_word(word: str, *, first: bool) -> str:
    generic = _GENERIC.get(word)
    if generic is not None:
        return generic
    if not word.isascii():
        return word
    if not first:
        glued = _GLUED_SUN_ARTICLE.match(word)
        if glued is not None and len(word) > 4:
            word = word[1:]
    word = _SOUND.sub(_sound_of, word)
    if len(word) > 3:
        word = _FINAL_IYA.sub("ia", word) if _FINAL_IYA.search(word) else _FINAL.sub("a", word)
    word = _DOUBLED.sub(r"\1", word)
    return _DOUBLED.sub(r"\1", _VOWELS.sub(_vowel, word)) or word


def _sound_of(match: re.Match[str]) -> str:
    return _SOUND_OF[match.group()]


def _vowel(match: re.Match[str]) -> str:
    """One of three vowels for a run of vowel letters; between consonants w and y count as vowels."""
    run = match.group()
    if run in {"a", "aa"}:
        return "a"
    if run in {"ia", "iya", "ya", "iia"}:
        return "ia"
    if run in {"ua", "uwa", "wa", "uua", "oua", "owa", "ouwa"}:
        return "ua"
    if "u" in run or "o" in run or "w" in run:
        return "u" if not run.endswith(("i", "e", "y")) else "ui"
    return "i" if not run.endswith("a") else "ia"
