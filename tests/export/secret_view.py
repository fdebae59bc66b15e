"""A small view with what must not leak: invented people in every field, hospitals, camps, routes and movements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sample_view import ARMY, REBELS, claim, count, days, person, place, report

from rashomon.export import MemoryView
from rashomon.export.profiles import Known
from rashomon.knowledge.files import Layers
from rashomon.linking import accounts_of, place_of
from rashomon.model import Claim, Event, Mention, PlaceResolution, Publication, Report

KNOWN = Known.load(Layers())


def known_place(name: str, adm1: str) -> PlaceResolution:
    """A place of the built-in gazetteer, as the program resolves it."""
    row = next(row for row in KNOWN.gazetteer.find(name) if row.adm1 == adm1)
    return PlaceResolution(row.name, row.id, row.lat, row.lon, row.closeness, row.adm1, row.country)


DOUMA = known_place("Douma", "Rural Damascus")
SARMIN = known_place("Sarmin", "Idleb")
RUKBAN = known_place("Rukban", "Homs")
MADAYA = known_place("Madaya", "Rural Damascus")
NABUDAH = known_place("Kafr Nabudah", "Hama")
MOREK = known_place("Morek", "Hama")
LATAMNEH = known_place("Latamneh", "Hama")
NOWHERE = PlaceResolution("Tell Qirmiz", reason="not in the gazetteer; near it only Qirmiz Fawqani")

PEOPLE = ("zunayr", "barqash", "lihani", "hawzan", "qamtar")
"""Parts of names of people who do not exist."""
PLACES = (SARMIN, RUKBAN, MADAYA, NABUDAH, MOREK, LATAMNEH)
UNLOCATED = ("qirmiz",)


def gathered(ident: str, kind: str, claims: Sequence[Claim], **fields: Any) -> Event:
    """An event as linking makes it."""
    of = sorted(claims, key=lambda c: c.id)
    made = Event(ident, tuple(c.id for c in of), kind, None, None, place_of(of), accounts_of(of), 1, 1, 1)
    return replace(made, **fields)


def written_by(made: Report, **fields: Any) -> Report:
    return replace(made, **fields)


REPORTS = (
    written_by(
        report("interview-zunayr-barqash", "harbour-wire", "2018-03-12", "Zunayr Barqash, 34, was buried in Douma"),
        address="https://harbour.example/2018/zunayr-barqash-buried?by=lihani",
        text="By Hawzan Qamtar. Zunayr Barqash was shot in Douma.",
        got_from="zunayr-barqash.txt",
        publication=Publication(dt.date(2018, 3, 12), quote="By Hawzan Qamtar, March 12", note="signed Hawzan Qamtar"),
    ),
    report("r2", "Diary of Hawzan Qamtar", "2018-03-13", "Hospital in Sarmin struck", "https://hawzanqamtar.example/1"),
    report("r3", "northern-courier", "2018-03-13", "BUSES TO LEAVE MADAYA FOR KAFR NABUDAH"),
    report("r4", "northern-courier", "2018-03-14", "Army Column Heads for Morek, Witness Zunayr al-Lihani Says"),
    report("r5", "capital-gazette", "2018-03-15", "Families in al-Rukban wait", "https://gazette.example/sarmin"),
    report("r6", "capital-gazette", None, "زنير برقش"),
)

R1 = REPORTS[0].id
CLAIMS = (
    claim(
        "c1", R1, "Zunayr Barqash's brother, Abu-Zunayr al-Barqash, said that gunmen shot Zunayr in Douma on Sunday.",
        "shot", "killing",
        source=[
            {"text": "Abu-Zunayr al-Barqash", "kind": "resident", "antecedent": "the Barqash family's eldest"},
            {"text": "Hawzan Qamtar of Harbour Wire", "kind": "other"},
        ],
        actors=[person("gunmen")],
        targets=[
            person("Zunayr", "Zunayr Barqash", None, "not in the actors file: Zunayr Barqash"),
            {"text": "him", "antecedent": "Zunayr Barqash", "name": "Zunayr Barqash", "id": None, "reason": "a person"},
        ],
        places=[place("Douma", DOUMA)],
        time=days("on Sunday", "2018-03-11") | {"text": "the Sunday of Barqash's wedding"},
        quantities=[count("killed", 1, 1, "the Barqash family", "Zunayr Barqash alone")],
        weapons=["Lihani's rifle"],
        labels=[{"text": "the Barqash gang", "name": "Zunayr Barqash", "of": {"text": "Zunayr Barqash"}, "id": None}],
    ),
    claim(
        "c2", R1,
        "Hope, who lives there, told LIHANI-Qamtar (tel. +963 944 555 777, @zunayrb) that Barqash’s son was taken.",
        "taken", "abduction",
        source=[{"text": "Hope", "kind": "resident"}],
        targets=[person("Barqash’s son")], places=[place("Douma", DOUMA)],
        time={"text": "when d'Barqash fled", "reason": "nobody knows when d'Barqash fled"},
    ),
    claim(
        "c3", R1, "President Bashar al-Assad met Zunayr al-Assad and hawzan qamtar in Damascus, Mr. hawzan said.",
        "met", "talks",
        actors=[person("President Bashar al-Assad", "Bashar al-Assad", "bashar-al-assad"), person("Zunayr al-Assad")],
        places=[place("Damascus", known_place("Damascus", "Damascus"))],
    ),
    claim(
        "c4", "r2", "Warplanes struck the al-Lihani hospital in Sarmin, at 35.903751, 36.723784, killing 3 people.",
        "struck", "air_strike", actors=[person("Warplanes", *ARMY)],
        targets=[person("the al-Lihani hospital", "al-Lihani hospital")], places=[place("Sarmin", SARMIN)],
        quantities=[count("killed", 3, 3, "people", "3 people")],
    ),
    claim(
        "c5", "r5", "Sarmin was hit from the air, the Sarmin Military Council said; #SarminUnderFire.",
        "hit", "air_strike",
        source=[{"text": "the Sarmin Military Council", "kind": "armed_group"}],
        actors=[person("the Sarmin Military Council", "Sarmin Military Council", None, "not in the actors file")],
        places=[place("Sarmin", SARMIN)],
    ),
    claim(
        "c6", "r3", "Fighters are to leave Madaya for Kafr-Nabudah through Latamneh on Friday under the deal.",
        "leave", "evacuation", "planned", targets=[person("Fighters")],
        places=[place("Madaya", MADAYA, "from"), place("Kafr-Nabudah", NABUDAH, "to")],
        time=days("on Friday", "2018-03-16"),
    ),
    claim(
        "c7", "r3", "Fighters are to leave Madaya for Kafr-Nabudah through Latamneh on Friday under the deal.",
        "deal", "agreement", places=[place("Madaya", MADAYA), place("near Latamneh", LATAMNEH)],
    ),
    claim(
        "c8", "r4", "A column of the army is moving from Murak towards Kafr Nabouda, a witness, Zunayr, said.",
        "moving", "mobilization", "ongoing",
        source=[{"text": "a witness, Zunayr", "kind": "resident"}], actors=[person("the army", *ARMY)],
        places=[place("Murak", MOREK, "from"), place("Kafr Nabouda", NABUDAH, "to")],
    ),
    claim(
        "c9", "r5", "Families in al-Rukban have no water, and a clinic near Tell Qirmiz is closed.",
        "have no water", "siege", "ongoing", targets=[person("Families")],
        places=[place("al-Rukban", RUKBAN), place("Tell Qirmiz", NOWHERE)],
    ),
    claim(
        "c10", "r6", "قتل زنير برقش في مشفى سرمين", "قتل", "killing", targets=[person("زنير برقش")],
        places=[place("سرمين", SARMIN)],
    ),
    claim(
        "c11", "r4", "The Army of Islam shelled Douma.", "shelled", "shelling",
        actors=[person("The Army of Islam", *REBELS)], places=[place("Douma", DOUMA)],
    ),
)  # fmt: skip
BY_ID = {made.id: made for made in CLAIMS}


def _of(*names: str) -> list[Claim]:
    return [BY_ID[name] for name in names]


EVENTS = (
    gathered("e-zunayr-barqash", "killing", _of("c1"), aliases=("e-old-lihani",), start=dt.date(2018, 3, 11)),
    gathered("e-taken", "abduction", _of("c2")),
    gathered("e-met", "talks", _of("c3")),
    gathered("e-hospital", "air_strike", _of("c4", "c5")),  # one names the hospital, the other only the town
    gathered("e-buses", "evacuation", _of("c6", "c7")),
    gathered("e-column", "mobilization", _of("c8")),
    gathered("e-camp", "siege", _of("c9")),
    gathered("e-arabic", "killing", _of("c10")),
    gathered("e-douma", "shelling", _of("c11")),
)
VIEW = MemoryView(REPORTS, CLAIMS, EVENTS)


def mention(text: str, of: Claim) -> Mention:
    """Words of a claim's quote, with where they stand."""
    at = of.quote.index(text) + of.span.start
    return Mention(text, type(of.span)(at, at + len(text)))
