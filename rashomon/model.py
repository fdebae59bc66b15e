"""What Rashomon speaks about: reports, claims, resolutions, events, judgements. Frozen, without input or output.

A claim is what a report says; an event is a reading of several claims. Field names are those of the codebook.
All offsets count characters (Unicode code points) of `Report.text` as it came, end exclusive. All days are calendar
days of the place of publication, both ends included.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

# --- what is passed on ----------------------------------------------------------------------------------------------


class Profile(StrEnum):
    """Whom an export or a page is for."""

    INTERNAL = "internal"
    PARTNER = "partner"
    PUBLIC = "public"


class Withheld(StrEnum):
    """What a profile has left out of a report, a claim or an event, in words for readers."""

    NAME = "name of a private person"
    CONTACT = "number or address of a person"
    SCRIPT = "words in a script without capitals"
    PLACE = "place closer than the governorate"
    TEXT = "text of the report"
    ADDRESS = "address of the report"
    ID = "id with a name in it"
    CLAIMS = "accounts whose claims are not at hand"


# --- words in a text ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of a report's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a report that stand for an actor, a place, days or a speaker.

    Attributes:
        text: the exact words.
        span: where they stand; None where a claim came from outside without offsets.
        antecedent: for a pronoun or a role ('they', 'the town'), the words elsewhere in the report that it refers to.
    """

    text: str
    span: Span | None = None
    antecedent: str | None = None


# --- reports --------------------------------------------------------------------------------------------------------


class FurnitureKind(StrEnum):
    """What a stretch of page furniture is."""

    NAVIGATION = "navigation"
    COUNTER = "counter"
    VISIT_DATE = "visit_date"
    DATELINE = "dateline"
    BYLINE = "byline"
    NEWSLETTER = "newsletter"
    RELATED = "related"
    ADVERTISEMENT = "advertisement"
    MEDIA = "media"
    FOREIGN = "foreign"
    REPEATED = "repeated"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of a page that is not the article's text; it is marked, never deleted."""

    span: Span
    kind: FurnitureKind


class DateEvidence(StrEnum):
    """What a publication date rests on, best first."""

    DATELINE = "dateline"
    HEADER = "page header"
    INPUT = "given with the input"
    TEXT_BOUNDS = "bounds from the text"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Publication:
    """When a report was published, and how that is known.

    Attributes:
        day: the day, or None where it is unknown.
        evidence: what `day` (or the bounds) rests on.
        quote: the characters that say so, where the text does; `span` is where they stand.
        earliest, latest: bounds on an unknown day, where the text gives them ('recaptured on January 26': after that).
        note: for a reader: contradictions found, a Hijri date that agrees, why a date was not taken.
    """

    day: dt.date | None = None
    evidence: DateEvidence = DateEvidence.NONE
    quote: str | None = None
    span: Span | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One published text of one outlet, as it came.

    Attributes:
        id: the id that came with the input, or a hash of outlet, address and text.
        outlet: the outlet's id in data/outlets.yaml, or its name as given, or None where nothing tells.
        address: where it was published (a URL), where that is known.
        title: the headline, where one was given or found.
        text: the characters as they came (after decoding), furniture included.
        hash: SHA-256 of the text in UTF-8, as hex.
        language: ISO 639-1 code of the article's own language, or None where it cannot be told.
        words: words of the article without furniture.
        publication: the day of publication with its evidence.
        furniture: stretches that are not the article's text, in order, not overlapping.
        got_from: the file (or '-') that it was read from, for messages; not part of the report's identity.
        withheld: what a profile has left out of it; empty for what a store holds.
    """

    id: str
    outlet: str | None
    address: str | None
    title: str | None
    text: str
    hash: str
    language: str | None
    words: int
    publication: Publication
    furniture: tuple[Furniture, ...] = ()
    got_from: str = ""
    withheld: tuple[Withheld, ...] = ()


@dataclass(frozen=True, slots=True)
class Witness:
    """What linking needs to know of a report: whose word it is.

    Attributes:
        report: the report's id.
        outlet: its outlet.
        copies: id of the group of copied texts that it belongs to: the id of the group's first report (by publication
            day, then id), or its own id where it is no copy.
        published: its day of publication.
    """

    report: str
    outlet: str | None
    copies: str
    published: dt.date | None = None


# --- claims ---------------------------------------------------------------------------------------------------------


class Status(StrEnum):
    """Whether what is claimed is over, goes on, is prepared, may happen, or is said not to have happened."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class SourceKind(StrEnum):
    """What kind of speaker a claim is attributed to."""

    GOVERNMENT = "government"
    MILITARY = "military"
    ARMED_GROUP = "armed_group"
    OPPOSITION = "opposition"
    MONITOR = "monitor"
    ACTIVIST = "activist"
    MEDIA = "media"
    UN = "un"
    NGO = "ngo"
    RESCUE = "rescue"
    RESIDENT = "resident"
    EXPERT = "expert"
    OTHER = "other"


class PlaceRole(StrEnum):
    """What a place is to an event."""

    AT = "at"
    FROM = "from"
    TO = "to"


class Measure(StrEnum):
    """What a quantity counts."""

    KILLED = "killed"
    WOUNDED = "wounded"
    MISSING = "missing"
    CAPTURED = "captured"
    DISPLACED = "displaced"
    PEOPLE = "people"
    STRIKES = "strikes"
    MUNITIONS = "munitions"
    SETTLEMENTS = "settlements"
    VEHICLES = "vehicles"
    BUILDINGS = "buildings"


class PlacePrecision(StrEnum):
    """How closely a resolved place says where something is; anything from DISTRICT on is no point on a map."""

    POINT = "point"  # a building, base, crossing, hill: the spot itself
    SETTLEMENT = "settlement"  # a city, town, village or quarter: its centre
    NEAR = "near"  # near, outside, south of a settlement
    DISTRICT = "district"  # a district, a named region or mountain range
    GOVERNORATE = "governorate"
    COUNTRY = "country"


class NoActor(StrEnum):
    """Why nobody of the actors file is behind a mention, in words for readers."""

    PRONOUN = "a pronoun, and nothing before it tells who is meant"
    OWNED = "belongs to somebody whom nothing before it names"
    PEOPLE = "people, not one of the actors"
    OBJECT = "no name, or a thing"
    UNKNOWN = "not in the actors file"


@dataclass(frozen=True, slots=True)
class ActorResolution:
    """Who a mention stands for: an id of data/actors.yaml and the neutral name, or the name alone with the reason.

    Attributes:
        id: the actor's id, or None where nobody in the file fits.
        name: the neutral full name, or the mention's own words stripped to a neutral role.
        reason: empty where `id` is set; else why not: one of `NoActor`.
    """

    id: str | None
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlaceResolution:
    """Where a mention is, or why that is not known. Coordinates are WGS 84 degrees.

    Attributes:
        name: the neutral name (the gazetteer's main name, or the mention's own without direction words).
        gazetteer_id: row of the gazetteer, or None.
        lat, lon: the point, or of an area its centre; None where it could not be located.
        precision: how closely that says where it is.
        adm1: governorate (first administrative level), where known.
        country: ISO 3166-1 alpha-2, where known.
        reason: empty where located; else why not ('not in the gazetteer', 'three places of this name: ...').
    """

    name: str
    gazetteer_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    adm1: str | None = None
    country: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DaysResolution:
    """Which days a time expression means: first and last day, both included, or None with the reason."""

    start: dt.date | None
    end: dt.date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One speaker in a chain of attribution."""

    mention: Mention
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor or a target: the words, and after resolving who that is."""

    mention: Mention
    resolution: ActorResolution | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a claim: the words, its role, and after resolving where that is."""

    mention: Mention
    role: PlaceRole = PlaceRole.AT
    resolution: PlaceResolution | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """The words that say when, and after resolving which days those are."""

    mention: Mention
    resolution: DaysResolution | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count with its bounds; `minimum` or `maximum` is None where the words leave that end open."""

    measure: Measure
    of: str
    minimum: int | None
    maximum: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """A loaded word that the claim uses for somebody; `stands_for` holds the words that name them in the text.

    After resolving, `resolution` says who that is.
    """

    text: str
    stands_for: Mention | None = None
    resolution: ActorResolution | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement in a report that one event happened, goes on, is planned, may happen, or did not happen.

    Attributes:
        id: hash of report, trigger span and coder name with a tie-breaker, or the id that came with the input.
        report: the report's id.
        coder: name and version of what coded it, as 'rules/1'; 'hand' for a person.
        quote, span: the clause or sentence that states the claim, and where it stands in the report.
        trigger, trigger_span: the words in the quote that name the event.
        type: an id of data/ontology.yaml.
        confidence: the probability, 0 to 1, that a person who codes the report would record this claim with this type;
            None where its coder cannot say.
        withheld: what a profile has left out of it; empty for what a store holds. Where words of the quote are left
            out, `span` and `trigger_span` are still offsets into the report as it came.
    The rest are the codebook's fields. Empty where the text does not support them.
    """

    id: str
    report: str
    coder: str
    quote: str
    span: Span
    trigger: str
    trigger_span: Span
    type: str
    status: Status
    source: tuple[Source, ...] = ()
    actors: tuple[Participant, ...] = ()
    targets: tuple[Participant, ...] = ()
    places: tuple[Place, ...] = ()
    time: Time | None = None
    quantities: tuple[Quantity, ...] = ()
    weapons: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    confidence: float | None = None
    withheld: tuple[Withheld, ...] = ()


# --- events ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Account:
    """One value of one field of an event, with the claims that give it. No value is preferred over another."""

    field: str
    value: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What several claims are about: a reading of them, recomputed at will.

    Attributes:
        id: stays through re-linking as long as the event keeps most of its claims.
        claims: ids of its claims, sorted.
        type: the type that most of its claims give (ties: the ontology's order).
        start, end: first and last day that its claims give, or None.
        place: the most exact place that its claims agree on, or None.
        accounts: for each field every value with its claims.
        reports, outlets, origins: how many of each stand behind it; copies of one text are one origin.
            Outlets and origins are 0 where it was linked without anything on who published the reports.
        aliases: ids of events that were merged into it.
        withheld: what a profile has left out of it or of its claims; empty for what a store holds.
    """

    id: str
    claims: tuple[str, ...]
    type: str
    start: dt.date | None
    end: dt.date | None
    place: PlaceResolution | None
    accounts: tuple[Account, ...]
    reports: int
    outlets: int
    origins: int
    aliases: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two events that could be one; that is not sure enough to put them together, so people are asked.

    Attributes:
        events: their ids.
        claims: of each the claim that is most like one of the other.
        points: the mean of what speaks for it, in hundredths of log-odds.
    """

    events: tuple[str, str]
    claims: tuple[str, str]
    points: int


@dataclass(frozen=True, slots=True)
class Bond:
    """Why two claims are, or could be, about one event.

    Attributes:
        claims: their ids.
        points: how much speaks for it, in hundredths of log-odds; None where it does not hang on points.
        agree, differ: what does and does not, each in plain words.
        by: who put the two together, where that was a person.
    """

    claims: tuple[str, str]
    points: int | None
    agree: tuple[str, ...]
    differ: tuple[str, ...]
    by: str = ""


# --- what an event's claims say of each other -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Voice:
    """An independent origin of an event's claims: the nearest named speaker, or the outlet itself.

    Attributes:
        id: tells it from the other voices of the event; the same on every machine.
        name: what a reader calls it.
        kind: what kind of speaker, or None where an outlet speaks for itself.
        names: the words by which reports name it; empty where only the outlet itself speaks.
        side: of a voice that is a known outlet, whose view it is known to give; else empty.
        claims, reports: what comes from it, and where that stands; ids, sorted.
        outlets: the outlets that carry it, sorted; a report of unknown outlet is not among them.
        sides: for each of `outlets` whose view it is known to give; empty where that is not known.
    """

    id: str
    name: str
    kind: SourceKind | None
    names: tuple[str, ...]
    side: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    outlets: tuple[str, ...]
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A value with who gives it: ids of voices, in the event's order, of outlets and of claims, sorted."""

    value: str
    voices: tuple[str, ...]
    outlets: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldAccounts:
    """All values of one field of an event, those that most voices give first."""

    field: str
    values: tuple[Given, ...]


class ContradictionKind(StrEnum):
    """What accounts contradict each other about."""

    TOLL = "toll"
    CULPRIT = "culprit"
    PLACE = "place"
    DAY = "day"
    HAPPENED = "happened"
    CALLED = "called"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Values of which at least two cannot both be right, each with the voices that give it.

    Attributes:
        kind: what it is about. about: more closely: 'killed, civilians', 'to', 'air_strike', a name.
        values: each excludes at least one other; in the order of figures, of days, else of the alphabet.
    """

    kind: ContradictionKind
    about: str
    values: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """A total that a later one replaced: no contradiction.

    Attributes:
        about: what was counted. earlier, later: the two figures. why: what tells that it is an update.
    """

    about: str
    earlier: Given
    later: Given
    why: str


@dataclass(frozen=True, slots=True)
class Naming:
    """What somebody is called. Loaded words are those that an outlet printed, whoever it cites.

    Attributes:
        whom: the neutral name, or empty where the words stand for nobody who is named.
        words: the loaded words with the outlets that print them, and the voices that these cite or are.
        plain: outlets that name the same without one, sorted.
    """

    whom: str
    words: tuple[Given, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """An outlet that normally reports on such events and has no claim in this one. Nothing is said of why.

    Attributes:
        outlet: its id. side: whose view it is known to give.
        reported, such: it told of `reported` of `such` events of this kind and governorate within `around_days` days.
        published: how many reports it published from the day of the event to `after_days` days later.
    """

    outlet: str
    side: str
    reported: int
    such: int
    around_days: int
    published: int
    after_days: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """What an event's voices say, side by side: computed on demand, none before the others."""

    voices: tuple[Voice, ...]
    fields: tuple[FieldAccounts, ...]
    contradictions: tuple[Contradiction, ...]
    replaced: tuple[Replaced, ...]
    namings: tuple[Naming, ...]


# --- judgements -------------------------------------------------------------------------------------------------------


class JudgementKind(StrEnum):
    """What a person decided."""

    REJECT = "reject"  # the claim is not in the report
    CORRECT = "correct"  # a field of the claim is otherwise
    SAME = "same"  # two claims are about one event
    DIFFERENT = "different"  # two claims are about two events
    WITHDRAW = "withdraw"  # an earlier judgement no longer holds


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision about a claim or a pair of claims; never edited, only withdrawn by another one.

    Attributes:
        id: its own id.
        kind: what was decided.
        subject: a claim's id, or for `withdraw` a judgement's id.
        other: the second claim of `same` and `different`.
        field, value: for `correct`: the codebook's field and its new value as JSON text.
        by: who decided. made: when (ISO 8601, UTC).
    """

    id: str
    kind: JudgementKind
    subject: str
    other: str | None = None
    field: str | None = None
    value: str | None = None
    by: str = ""
    made: str = ""
