"""A small view made by hand: outlets that do not exist, about things that did not happen, at places that are there."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from rashomon.export import MemoryView
from rashomon.knowledge.files import Layers
from rashomon.knowledge.ontology import Ontology
from rashomon.knowledge.outlets import Outlet, Outlets
from rashomon.model import (
    Account,
    Claim,
    DateEvidence,
    Event,
    PlacePrecision,
    PlaceResolution,
    Publication,
    Report,
    Witness,
)
from rashomon.wire import claim_from_json

HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"

OUTLETS = Outlets.of(
    [
        Outlet("northern-courier", "Northern Courier", side="Private daily; close to the opposition"),
        Outlet(
            "capital-gazette",
            "Capital Gazette",
            side="State newspaper; gives the government's view",
            side_source=("https://www.registers.example/gazette", "Handbook of the press, 2016"),
        ),
        Outlet("harbour-wire", "Harbour Wire", side="News agency abroad; no side known"),
        Outlet("evening-post", "Evening Post", side="Private daily abroad"),
    ]
)
ONTOLOGY = Ontology.load(Layers())


def at(
    name: str,
    lat: float | None = None,
    lon: float | None = None,
    precision: str | None = "settlement",
    adm1: str | None = None,
    reason: str = "",
    country: str | None = "SY",
) -> PlaceResolution:
    known = PlacePrecision(precision) if precision is not None else None
    return PlaceResolution(name, None if reason else f"g:{name}", lat, lon, known, adm1, country, reason)


DOUMA = at("Douma", 33.5711, 36.4028, adm1="Rural Damascus")
NEAR_PALMYRA = at("Palmyra", 34.5514, 38.2691, "near", "Homs")
PALMYRA = at("Palmyra", 34.5514, 38.2691, adm1="Homs")
ALEPPO = at("Aleppo", 36.2021, 37.1343, adm1="Aleppo")
IDLIB = at("Idlib", 35.86, 36.57, "governorate", "Idlib")
QALAMOUN = at("Qalamoun", 33.9, 36.7, "district", "Rural Damascus")
NOWHERE = at("Tell Ghazal", None, None, None, None, "three places of this name: in Aleppo, Raqqa, Homs", None)


def report(ident: str, outlet: str, day: str | None, title: str, address: str | None = None) -> Report:
    text = f"{title} ({ident})"
    published = dt.date.fromisoformat(day) if day else None
    evidence = DateEvidence.HEADER if day else DateEvidence.NONE
    return Report(
        id=ident,
        outlet=outlet,
        address=address,
        title=title,
        text=text,
        hash=hashlib.sha256(text.encode()).hexdigest(),
        language="en",
        words=len(text.split()),
        publication=Publication(published, evidence),
    )


def person(text: str, name: str | None = None, ident: str | None = None, reason: str = "") -> dict[str, Any]:
    return {
        "text": text,
        "name": name or text,
        "id": ident,
        "reason": reason or ("" if ident else "people, not one of the actors"),
    }


def place(text: str, where: PlaceResolution, role: str = "at") -> dict[str, Any]:
    return {
        "text": text,
        "role": role,
        "name": where.name,
        "lat": where.lat,
        "lon": where.lon,
        "precision": where.precision,
        "adm1": where.adm1,
        "country": where.country,
        "gazetteer_id": where.gazetteer_id,
        "reason": where.reason,
    }


def count(measure: str, low: int | None, high: int | None, of: str, text: str) -> dict[str, Any]:
    return {"measure": measure, "min": low, "max": high, "of": of, "text": text}


def days(text: str, start: str, end: str | None = None) -> dict[str, str]:
    return {"text": text, "start": start, "end": end or start}


def claim(ident: str, of: str, quote: str, trigger: str, kind: str, status: str = "occurred", **fields: Any) -> Claim:
    row = {"id": ident, "report": of, "coder": "hand", "quote": quote, "trigger": trigger, "type": kind}
    return claim_from_json(row | {"status": status, "start": 0} | fields)


ARMY = ("Syrian Arab Army", "syrian-arab-army")
REBELS = ("Army of Islam", "jaysh-al-islam")

REPORTS = (
    report("r1", "northern-courier", "2018-03-11", "Sixteen dead in the market of Douma", "https://courier.example/1"),
    report("r2", "capital-gazette", "2018-03-11", "Shells from Ghouta hit their own", "javascript:alert(1)"),
    report(
        "r3", "harbour-wire", "2018-03-12", "Market in Douma hit, toll unclear", "https://harbour.example/a?b=1&c=2"
    ),
    report("r4", "evening-post", "2018-03-12", "Market in Douma hit, toll unclear"),
    report("r5", "harbour-wire", "2018-03-20", "Talks, convoys and a raid: a week in short"),
    report("r6", "northern-courier", None, "أخبار الشمال"),
    report("r7", "capital-gazette", "2018-03-25", "Army readies its next step"),
)

CLAIMS = (
    claim(
        "c1", "r1",
        "Warplanes of the regime struck the vegetable market of Douma on Saturday, killing at least 16 civilians.",
        "struck", "air_strike",
        source=[{"text": "a rescue worker", "kind": "rescue"}],
        actors=[person("Warplanes of the regime", *ARMY)],
        targets=[person("civilians")],
        places=[place("Douma", DOUMA)], time=days("on Saturday", "2018-03-10"),
        quantities=[count("killed", 16, None, "civilians", "at least 16 civilians")],
        weapons=["Warplanes"], labels=[{"text": "regime", "name": ARMY[0], "id": ARMY[1]}],
    ),
    claim(
        "c2", "r2",
        "The market of Douma was shelled on Saturday by the terrorists of the Army of Islam themselves.",
        "shelled", "shelling",
        source=[{"text": "a military source", "kind": "military"}, {"text": "Capital Gazette", "kind": "media"}],
        actors=[person("the terrorists of the Army of Islam", *REBELS)],
        targets=[person("The market", "market")],
        places=[place("Douma", DOUMA)], time=days("on Saturday", "2018-03-10"),
        labels=[{"text": "terrorists", "name": REBELS[0], "id": REBELS[1]}],
    ),
    claim(
        "c3", "r2", "The army denied that its aircraft had flown over Douma that day.", "flown", "air_strike", "denied",
        source=[{"text": "The army", "kind": "military"}],
        actors=[person("its aircraft", *ARMY)], places=[place("Douma", DOUMA)],
        time=days("that day", "2018-03-10"),
    ),
    claim(
        "c4", "r3", "A strike on a market in Douma killed between 9 and 12 people and wounded some 40.",
        "strike", "air_strike", confidence=0.931,
        targets=[person("a market", "market")], places=[place("Douma", DOUMA)],
        quantities=[
            count("killed", 9, 12, "people", "between 9 and 12 people"),
            count("wounded", 40, 40, "", "some 40"),
        ],
    ),
    claim(
        "c5", "r4", "A strike on a market in Douma killed between 9 and 12 people and wounded some 40.",
        "strike", "air_strike",
        targets=[person("a market", "market")], places=[place("Douma", DOUMA)],
        quantities=[
            count("killed", 9, 12, "people", "between 9 and 12 people"),
            count("wounded", 40, 40, "", "some 40"),
        ],
    ),
    claim(
        "c6", "r5", "Rebel commanders met Russian officers in Douma on Monday.", "met", "talks",
        actors=[person("Rebel commanders"), person("Russian officers", "Russian Armed Forces", "russian-forces")],
        places=[place("Douma", DOUMA)], time=days("on Monday", "2018-03-19"),
    ),
    claim(
        "c7", "r5", "Fighters ambushed a convoy south of Palmyra, a monitor said.", "ambushed", "ground_attack",
        confidence=0.5,
        source=[{"text": "a monitor", "kind": "monitor"}],
        actors=[person("Fighters", "unknown fighters")], targets=[person("a convoy", "convoy")],
        places=[place("south of Palmyra", NEAR_PALMYRA)], time=days("this week", "2018-03-19", "2018-03-20"),
    ),
    claim(
        "c8", "r7", "The army is massing troops for an offensive in Idlib province in April.",
        "offensive", "offensive", "planned",
        actors=[person("The army", *ARMY)], places=[place("Idlib province", IDLIB)],
        time=days("in April", "2018-04-01", "2018-04-30"),
    ),
    claim(
        "c9", "r6", "انسحب المقاتلون من تل غزال", "انسحب", "withdrawal",
        actors=[person("المقاتلون", "fighters")], places=[place("تل غزال", NOWHERE, "from")],
        time={"text": "قبل أيام", "reason": "the day of publication is not known"},
    ),
    claim(
        "c10", "r7", f"=cmd|' /C calc'!A0 shells fell on Aleppo {HOSTILE}", "shells fell", "shelling",
        actors=[person(HOSTILE, "@unknown", None, "not in the actors file")],
        places=[place("Aleppo", ALEPPO)], time=days("yesterday", "2018-03-24"),
        quantities=[count("killed", 0, 0, "", "nobody")], weapons=["-shells; rockets"],
    ),
    claim(
        "c11", "r7", "Order was restored in the Qalamoun towns.", "restored", "control", "ongoing",
        places=[place("the Qalamoun towns", QALAMOUN)],
    ),
    claim(
        "c12", "r7", "Residents of Palmyra have begun to return since December 2017.",
        "return", "displacement", "ongoing",
        targets=[person("Residents of Palmyra", "residents")], places=[place("Palmyra", PALMYRA, "to")],
        time=days("since December 2017", "2017-12-01", "2018-03-25"),
    ),
)  # fmt: skip


def event(
    ident: str, kind: str, claims: Sequence[str], where: PlaceResolution | None, start: str | None = None,
    end: str | None = None, counts: tuple[int, int, int] = (1, 1, 1), aliases: tuple[str, ...] = (),
) -> Event:  # fmt: skip
    first = dt.date.fromisoformat(start) if start else None
    last = dt.date.fromisoformat(end or start or "") if start else None
    accounts = (Account("type", kind, tuple(claims)),)
    return Event(ident, tuple(claims), kind, first, last, where, accounts, *counts, aliases)


EVENTS = (
    event("e-market", "air_strike", ["c1", "c2", "c3", "c4", "c5"], DOUMA, "2018-03-10", None, (4, 4, 3), ("e-old",)),
    event("e-talks", "talks", ["c6"], DOUMA, "2018-03-19"),
    event("e-ambush", "ground_attack", ["c7"], NEAR_PALMYRA, "2018-03-19", "2018-03-20"),
    event("e-idlib", "offensive", ["c8"], IDLIB, "2018-04-01", "2018-04-30"),
    event("e-left", "withdrawal", ["c9"], NOWHERE),
    event("e-aleppo", "shelling", ["c10"], ALEPPO, "2018-03-24"),
    event("e-qalamoun", "control", ["c11"], QALAMOUN),
    event("e-return", "displacement", ["c12"], PALMYRA, "2017-12-01", "2018-03-25"),
)

VIEW = MemoryView(REPORTS, CLAIMS, EVENTS)


def witnesses(reports: Sequence[Report] = REPORTS) -> Mapping[str, Witness]:
    """r4 carries the text of r3."""
    return {r.id: Witness(r.id, r.outlet, "r3" if r.id == "r4" else r.id, r.publication.day) for r in reports}
