"""Nothing that a profile holds back can be found in the bytes of any export, in whatever spelling or encoding."""

from __future__ import annotations

import dataclasses
import html
import io
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from digest_bench import kit
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sample_view import OUTLETS, claim, count, person, place, report, witnesses
from secret_view import EVENTS, KNOWN, PEOPLE, PLACES, REPORTS, RUKBAN, SARMIN, UNLOCATED, VIEW, gathered
from typer.main import get_command

from rashomon.cli.digesting import Form
from rashomon.cli.ledgers import Wanted
from rashomon.cli.ledgers import show as show_ledger
from rashomon.cli.main import app
from rashomon.export import FORMATS, MemoryView, ProfiledView, WitnessedView, export
from rashomon.export.digest import Asked, Digest, make_digest, render_html, render_json, render_markdown, render_pdf
from rashomon.export.page import render_page
from rashomon.export.view import View
from rashomon.knowledge.files import Layers
from rashomon.knowledge.ontology import Ontology
from rashomon.knowledge.romanise import fold_key
from rashomon.ledgers import NAMES
from rashomon.model import PlacePrecision, PlaceResolution, Profile, Withheld
from rashomon.settings import Settings

ONTOLOGY = Ontology.load(Layers())
GOVERNORATES = {fold_key(row.name) for row in KNOWN.gazetteer.own_rows() if row.kind == "governorate"}


def shown(view: MemoryView, profile: Profile) -> ProfiledView:
    return ProfiledView(view, profile, KNOWN)


def _of_format(name: str) -> Callable[[View], bytes]:
    def write(view: View) -> bytes:
        stream = io.BytesIO()
        export(name, view, stream)
        return stream.getvalue()

    return write


def _page(view: View) -> bytes:
    said = witnesses(REPORTS)
    told = view.witnesses(said) if isinstance(view, ProfiledView) else said
    return render_page(view, ONTOLOGY, OUTLETS, told)


def _whole(view: View) -> bytes:
    """Every field of every object, those that no format writes today as well."""
    return repr([list(view.reports()), list(view.claims()), list(view.events())]).encode()


# Every form that there is, and those that there will be: what is added to FORMATS is tested here without further words.
WRITERS: Mapping[str, Callable[[View], bytes]] = {
    **{name: _of_format(name) for name in FORMATS},
    "page": _page,
    "objects": _whole,
}


# --- what reads a view in other ways ----------------------------------------------------------------------------------


def _witnessed(view: View) -> WitnessedView:
    assert isinstance(view, ProfiledView)
    return WitnessedView.of(view, witnesses(tuple(view.view.reports())))


def _digest(render: Callable[[Digest], bytes]) -> Callable[[View], bytes]:
    def write(view: View) -> bytes:
        seen = _witnessed(view)
        return render(make_digest(seen, seen.witnesses(), kit(), Asked(days=30)))

    return write


def _pdf(digest: Digest) -> bytes:
    """All that a reader of the PDF gets: its text, its links, what it says of itself, its outline."""
    reader = PdfReader(io.BytesIO(render_pdf(digest)))
    links = [str(note.get_object()) for page in reader.pages for note in page.get("/Annots", [])]
    texts = [page.extract_text() for page in reader.pages]
    return "\n".join([*texts, *links, str(reader.metadata), str(reader.outline)]).encode()


def _ledger(name: str, *, as_json: bool = False, geojson: bool = False) -> Callable[[View], bytes]:
    def write(view: View) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ledger"
            wanted = Wanted(name, as_json=as_json, geojson=geojson, quotes=True, output=str(path))
            show_ledger(_witnessed(view), wanted, Settings(coder="rules"))
            return path.read_bytes()

    return write


# By verb. A form or a ledger that is added to a verb is tested here, and one that cannot be written fails.
DIGESTS: Mapping[str, Callable[[Digest], bytes]] = {
    Form.MARKDOWN: render_markdown, Form.HTML: render_html, Form.PDF: _pdf, "json": render_json,
}  # fmt: skip
PARTS: Mapping[str, Callable[[View], bytes]] = {
    **{f"digest {form}": _digest(render) for form, render in DIGESTS.items()},
    **{f"ledger {name} json": _ledger(name, as_json=True) for name in NAMES},
    **{f"ledger {name} table": _ledger(name) for name in NAMES},
    "ledger control geojson": _ledger("control", geojson=True),
}
ANY = {**WRITERS, "digest md": PARTS["digest md"], "digest json": PARTS["digest json"]}


def test_every_verb_that_has_a_profile_is_tested_in_all_its_forms() -> None:
    verbs = get_command(app).commands  # type: ignore[attr-defined]
    with_profile = {name for name, verb in verbs.items() if any(option.name == "profile" for option in verb.params)}
    assert with_profile == {"run", "export", "digest", "ledger", "replay"}
    assert set(DIGESTS) == {*Form, "json"}


HELD = (
    claim(
        "d1", "r2", "Zunayr Barqash's men hold the camp of Sarmin, and 40 families fled from it, Lihani said.",
        "hold", "control", "ongoing", source=[{"text": "Lihani", "kind": "resident"}],
        actors=[person("Zunayr Barqash's men")], targets=[person("Hawzan Qamtar")], places=[place("Sarmin", SARMIN)],
    ),
    claim(
        "d2", "r3", "Zunayr Lihani and 40 families fled the camp of Rukban, where 3 of the Barqash family were killed.",
        "fled", "displacement", targets=[person("Zunayr Lihani"), person("families")],
        places=[place("Rukban", RUKBAN, "from")], quantities=[count("displaced", 40, 40, "families of Barqash", "40")],
    ),
    claim(
        "d3", "r3", "3 men of Zunayr Barqash were killed in the Rukban camp.", "killed", "casualties",
        targets=[person("men of Zunayr Barqash")], places=[place("Rukban", RUKBAN)],
        quantities=[count("killed", 3, 3, "men of Zunayr Barqash", "3")],
    ),
    claim(
        "d4", "r4", "Zunayr Barqash's men prepare an offensive on Sarmin.", "offensive", "offensive", "planned",
        actors=[person("Zunayr Barqash's men")], places=[place("Sarmin", SARMIN)],
    ),
)  # fmt: skip
TOLD = MemoryView(
    VIEW.all_reports,
    tuple(dataclasses.replace(made, coder="rules/1") for made in VIEW.all_claims + HELD),  # a ledger is of one coder
    VIEW.all_events + tuple(gathered(f"e-{made.id}", made.type, [made]) for made in HELD),
)
"""With something for every ledger."""


@pytest.mark.parametrize("form", sorted(PARTS))
def test_an_internal_digest_or_ledger_has_secrets_so_that_these_tests_could_see_them(form: str) -> None:
    leaked = found_in(PARTS[form](shown(TOLD, Profile.INTERNAL)), SECRET_NAMES | SECRET_PLACES, SECRET_MARKS)
    assert leaked & SECRET_PLACES
    assert leaked & SECRET_NAMES or "deals" in form  # nobody with a name tells of a deal here


@pytest.mark.parametrize("form", sorted(PARTS))
def test_nothing_leaks_into_a_public_digest_or_ledger(form: str) -> None:
    data = PARTS[form](shown(TOLD, Profile.PUBLIC))
    assert found_in(data, SECRET_NAMES | SECRET_PLACES, SECRET_MARKS) == set()
    assert not re.search(r"\bHope\b", data.decode("utf-8"))
    assert re.search('[Pp]rofile.{0,3} .{0,3}public|"profile":.?"public', data.decode("utf-8")), "does not say so"


@pytest.mark.parametrize("form", sorted(PARTS))
def test_no_name_leaks_into_a_digest_or_ledger_for_partners(form: str) -> None:
    data = PARTS[form](shown(TOLD, Profile.PARTNER))
    assert found_in(data, SECRET_NAMES - set(UNLOCATED), set()) == set()


def test_rows_of_a_ledger_say_what_was_left_out_of_their_claims() -> None:
    made = json.loads(PARTS["ledger displacement json"](shown(TOLD, Profile.PUBLIC)))
    assert made["profile"] == "public"
    withheld = {one["claim"]: one["withheld"] for row in made["rows"] for one in row["claims"]}
    assert withheld["d2"] == ["name of a private person", "place closer than the governorate"]


def readings(data: bytes) -> Iterator[str]:
    """The text of an export, as it stands and with every escape undone."""
    text = data.decode("utf-8-sig")
    yield text
    yield html.unescape(text)
    for line in (
        *text.splitlines(),
        *re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL),
    ):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        yield html.unescape("\n".join(strings(found)))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    else:
        yield str(value)


def bare(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if char.isalnum())


def spellings(where: PlaceResolution) -> set[str]:
    row = KNOWN.row_of(where)
    assert row is not None
    return {bare(name) for name in row.names} - {""}


def marks(where: PlaceResolution) -> set[str]:
    """What gives a place away besides its name: its id, and its coordinates to three decimals, cut and rounded."""
    found = {where.gazetteer_id or ""}
    for degrees in (where.lat, where.lon):
        found |= {f"{degrees:.3f}", f"{int((degrees or 0) * 1000) / 1000:.3f}"}
    return found


def found_in(data: bytes, names: set[str], exact: set[str]) -> set[str]:
    leaked = set()
    for text in readings(data):
        plain = bare(text)
        leaked |= {name for name in names if name in plain}
        leaked |= {mark for mark in exact if mark in text}
    return leaked


SECRET_NAMES = set(PEOPLE) | set(UNLOCATED) | {bare("زنير"), bare("برقش"), bare("944 555 777")}
SECRET_PLACES = {name for where in PLACES for name in spellings(where)}
SECRET_MARKS = {mark for where in PLACES for mark in marks(where)}


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_an_internal_export_has_it_all_so_that_this_test_could_see_it(form: str) -> None:
    view = shown(VIEW, Profile.INTERNAL)
    assert WRITERS[form](view)
    leaked = found_in(WRITERS[form](view), SECRET_NAMES | SECRET_PLACES, SECRET_MARKS)
    assert leaked & SECRET_NAMES, f"{form} writes no names at all: tell this test so, if that is how it should be"
    assert leaked & SECRET_PLACES
    assert leaked & SECRET_MARKS or form == "page"  # the page draws places, and does not write their coordinates


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_nothing_leaks_into_a_public_export(form: str) -> None:
    data = WRITERS[form](shown(VIEW, Profile.PUBLIC))
    assert found_in(data, SECRET_NAMES | SECRET_PLACES, SECRET_MARKS) == set()
    assert not re.search(r"\bHope\b", data.decode("utf-8"))


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_no_name_leaks_into_an_export_for_partners_and_places_stay(form: str) -> None:
    data = WRITERS[form](shown(VIEW, Profile.PARTNER))
    assert found_in(data, SECRET_NAMES - set(UNLOCATED), set()) == set()
    assert found_in(data, {"sarmin", "madaya", "rukban"}, set()) == {"sarmin", "madaya", "rukban"}


@pytest.mark.parametrize("form", sorted(WRITERS))
@pytest.mark.parametrize("profile", [Profile.PARTNER, Profile.PUBLIC])
def test_what_is_public_stays(form: str, profile: Profile) -> None:
    """Leaving everything out would prove nothing."""
    text = WRITERS[form](shown(VIEW, profile)).decode("utf-8")
    for word in ("Bashar al-Assad", "Syrian Arab Army", "Army of Islam", "Douma"):
        assert word in text, word
    assert profile is Profile.PARTNER or "Idlib" in text  # the governorate that stands for a town


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_the_same_view_gives_the_same_bytes_whatever_its_order(form: str) -> None:
    backwards = MemoryView(VIEW.all_reports[::-1], VIEW.all_claims[::-1], VIEW.all_events[::-1])
    once = {each.id: each for each in shown(VIEW, Profile.PUBLIC).events()}
    again = {each.id: each for each in shown(backwards, Profile.PUBLIC).events()}
    assert once == again
    assert WRITERS[form](shown(VIEW, Profile.PUBLIC)) == WRITERS[form](shown(VIEW, Profile.PUBLIC))


# --- any name ---------------------------------------------------------------------------------------------------------

SYLLABLE = st.builds(str.__add__, st.sampled_from("bdfgjklmnqrtwz"), st.sampled_from(["a", "i", "u", "ay", "aw", "oo"]))
WORD = st.builds(
    lambda parts, end: ("".join(parts) + end).capitalize(),
    st.lists(SYLLABLE, min_size=3, max_size=4),
    st.sampled_from("nrshq"),
)
ARTICLE = st.sampled_from(["", "al-", "Al-", "el ", "ash-", "abu ", "Abu ", "Umm ", "bin ", "O'"])
NAME = st.builds(
    lambda words, articles, glue: glue.join(a + w for a, w in zip(articles, words, strict=False)),
    st.lists(WORD, min_size=1, max_size=3, unique=True),
    st.lists(ARTICLE, min_size=3, max_size=3),
    st.sampled_from([" ", "-", " "]),
)
QUOTES = (
    "{name} was shot by gunmen in Douma.",
    "Gunmen shot {name}'s son in Douma.",
    "“{name} was shot,” said a resident of Douma",
    "In Douma, Dr. {name} was shot on Sunday; {name} had been a teacher.",
    "The father, {name}, a resident of Homs, said that they had shot him.",
    "RESIDENT {upper} SHOT IN DOUMA MARKET BY GUNMEN",
    "Syrian Arab Army soldiers shot {name} and Bashar al-Assad denied it.",
    "Hope {name} was shot by the {name} Brigade",
)  # fmt: skip


def unknown(word: str) -> bool:
    """Whether an invented word happens to be none that the program knows."""
    small = word.casefold()
    known = KNOWN.rules.ordinary | KNOWN.kept | KNOWN.titles | KNOWN.bodies | KNOWN.rules.names.functions
    return small not in known and not KNOWN.is_place(word) and KNOWN.actors.named(word) is None


@given(name=NAME, quote=st.sampled_from(QUOTES), form=st.sampled_from(sorted(ANY)))
@settings(derandomize=True, deadline=None, max_examples=150, suppress_health_check=[HealthCheck.filter_too_much])
def test_no_name_of_any_spelling_leaks(name: str, quote: str, form: str) -> None:
    words = [word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 4]
    assume(words and all(unknown(word) for word in words))
    said = quote.format(name=name, upper=name.upper())
    trigger = "shot" if "shot" in said else "SHOT"
    fields: dict[str, Any] = {
        "source": [{"text": name, "kind": "resident", "antecedent": f"the {name} family"}],
        "actors": [person("gunmen"), person(name, reason=f"two people: {name}, another")],
        "targets": [person(f"{name}'s son", name), person(f"the {name} family")],
        "places": [place(name, PlaceResolution(name, reason="not in the gazetteer"))],
        "time": {"text": f"after {name} left", "reason": f"'{name}' is no day"},
        "weapons": [f"a rifle of {name}"],
        "labels": [{"text": f"{name} gang", "of": {"text": name}, "name": name, "id": None}],
    }
    of = report("r1", name, "2018-03-12", said, f"https://courier.example/{name}")
    made = claim("c1", "r1", said, trigger, "killing", **fields)
    view = MemoryView((of,), (made,), (gathered("e1", "killing", [made]),))
    data = ANY[form](shown(view, Profile.PUBLIC))
    assert found_in(data, {bare(word) for word in words}, set()) == set()


# --- any place --------------------------------------------------------------------------------------------------------

CLOSE = [
    row
    for row in KNOWN.gazetteer.own_rows()
    if row.closeness in (PlacePrecision.SETTLEMENT, PlacePrecision.POINT, PlacePrecision.NEAR)
    and row.lat is not None
    and row.adm1
    and row.country == "SY"
    and not any(fold_key(name) in GOVERNORATES for name in row.names)
]
SENSITIVE = (
    ("Shells hit a hospital in {name}, doctors said.", "hit", "shelling", "occurred"),
    ("Shells hit the {name} field clinic, doctors said.", "hit", "shelling", "occurred"),
    ("Families are to be evacuated from {name} to the north.", "evacuated", "evacuation", "planned"),
    ("Forces may withdraw from {name} and its outskirts.", "withdraw", "withdrawal", "possible"),
    ("A convoy heads for {name}; {name} is besieged.", "heads", "mobilization", "ongoing"),
    ("An offensive on {name}'s outskirts is prepared.", "offensive", "offensive", "planned"),
)


@given(
    row=st.sampled_from(CLOSE), text=st.sampled_from(SENSITIVE), spelling=st.integers(0, 3),
    form=st.sampled_from(sorted(ANY)),
)  # fmt: skip
@settings(derandomize=True, deadline=None, max_examples=250)
def test_no_place_that_must_not_be_told_leaks(
    row: Any, text: tuple[str, str, str, str], spelling: int, form: str
) -> None:
    where = PlaceResolution(row.name, row.id, row.lat, row.lon, row.closeness, row.adm1, row.country)
    latin = [name for name in row.names if name.isascii()] or [row.name]
    name = latin[spelling % len(latin)]
    words, trigger, kind, status = text
    said = words.format(name=name)
    of = report("r1", "courier", "2018-03-12", f"What is said of {name}", f"https://courier.example/{name}")
    made = claim("c1", "r1", said, trigger, kind, status, places=[place(name, where)])
    other = claim("c2", "r1", f"Talks on {name} go on.", "Talks", "talks", "ongoing", places=[place(name, where)])
    events = (gathered("e1", kind, [made]), gathered("e2", "talks", [other]))
    data = ANY[form](shown(MemoryView((of,), (made, other), events), Profile.PUBLIC))
    nothing = PlaceResolution("", None, None, None, where.precision, row.adm1, row.country)
    blank = dataclasses.replace(made, quote=words.format(name=""), places=(), trigger=trigger)
    coarse = dataclasses.replace(blank, places=(dataclasses.replace(made.places[0], resolution=nothing),))
    empty = MemoryView(
        (report("r1", "courier", "2018-03-12", "What is said of"),), (coarse,), (gathered("e1", kind, [coarse]),)
    )
    before = ANY[form](shown(empty, Profile.PUBLIC))
    names = {spelling for spelling in spellings(where) if len(spelling) > 3}
    assert found_in(data, names, marks(where)) - found_in(before, names, marks(where)) == set()


def test_every_row_says_what_was_left_out_of_it() -> None:
    view = shown(VIEW, Profile.PUBLIC)
    by_quote = {made.id: made.withheld for made in view.claims()}
    assert by_quote["c1"] == (Withheld.NAME,)
    assert by_quote["c2"] == (Withheld.NAME, Withheld.CONTACT)
    assert by_quote["c4"] == (Withheld.NAME, Withheld.PLACE)
    assert by_quote["c10"] == (Withheld.SCRIPT, Withheld.PLACE)
    assert by_quote["c11"] == ()
    rows = [json.loads(line) for line in WRITERS["claims-jsonl"](view).splitlines()]
    assert next(row for row in rows if row["id"] == "c1")["withheld"] == ["name of a private person"]
    assert "withheld" not in next(row for row in rows if row["id"] == "c11")
    assert len(rows) == len(VIEW.all_claims)
    assert len(list(view.events())) == len(EVENTS)
