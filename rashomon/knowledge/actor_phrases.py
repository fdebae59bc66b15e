"""Reads a noun phrase: which actor it names by its head and modifiers, or what role, people or object it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from rashomon.knowledge.actor_names import Word, plain
from rashomon.knowledge.actor_neutral import as_written, neutral_name
from rashomon.knowledge.actor_persons import before_titles, behind_a_tail, behind_titles
from rashomon.knowledge.actor_reading import PhraseKind, Reading
from rashomon.knowledge.actors import Actor, Actors
from rashomon.knowledge.actors_entries import Owner
from rashomon.knowledge.actors_index import Found

__all__ = ["PhraseKind", "Reading", "owned", "read"]

_REMEMBERED = 1 << 13  # phrases whose readings are kept: reports name the same people over and over
_LONGEST = 4  # words of a head that the lists name
_NUMBER = re.compile(r"\d[\d,.]*|\d*(?:st|nd|rd|th)")


@lru_cache(maxsize=_REMEMBERED)
def read(text: str, actors: Actors, day: dt.date | None = None) -> Reading:
    """Reads a phrase by its own words.

    Args:
        text: the phrase, without relative clauses.
        actors: the actors and the word lists.
        day: when it was published; decides between actors who went by one name at different times.
    """
    return _Phrase(text, actors, day).read()


def owned(owner: Actor, reading: Reading, actors: Actors) -> Actor:
    """Who is meant where `reading` belongs to `owner`: the coalition's jets, its forces, Assad's allies."""
    return actors.get(Owner(owner.id, owner.arms).arm(reading.classes))


class _Phrase:
    """One phrase on its way to a reading."""

    def __init__(self, text: str, actors: Actors, day: dt.date | None) -> None:
        self.text = text
        self.actors = actors
        self.lists = actors.words
        self.day = day
        self.all = actors.fold(text)
        found = actors.names_in(self.all, day)
        fillers = len(self.all) - len(self._without_fillers(self.all))
        fillers = min([fillers, *(name.start for name in found if name.end > fillers)])  # 'First Army' is a name
        self.words = self.all[fillers:]
        names = [
            replace(name, start=name.start - fillers, end=name.end - fillers) for name in found if name.end > fillers
        ]
        self.split = self._split(names)
        self.owners = [name for name in names if name.end <= self.split and self._owns(name)]
        self.tail_link = self.words[self.split].folded if self.split < len(self.words) else ""

    def read(self) -> Reading:
        """Tries the kinds one after the other, the surest first."""
        return (
            self._pronoun()
            or self._nothing()
            or self._people_by_phrase()
            or self._named()
            or self._belonging()
            or self._people()
            or self._role()
            or self._person()
            or self._object()
        )

    # --- the surest kinds -------------------------------------------------------------------------------------------

    def _pronoun(self) -> Reading | None:
        if not self.all:
            return None
        first = self.all[0]
        number = self.lists.pronouns.get(first.raw.casefold(), "") if not _acronym(first) else ""
        if not number:
            return None
        if len(self.all) == 1:
            return Reading(PhraseKind.PRONOUN, first.folded, head=first.folded, number=number)
        if first.folded in {"its", "their", "his", "her", "our", "my"} and not self.owners:
            classes = self._classes()
            if classes and not self._tail_reading():
                return Reading(PhraseKind.OWNED, self._neutral(), head=self._head(), number=number, classes=classes)
        return None

    def _nothing(self) -> Reading | None:
        if self.words:
            return None
        if not self.all:
            return Reading(PhraseKind.EMPTY, "")
        name = self.lists.people.get((self.all[-1].folded,), ("people",))[0]
        return Reading(PhraseKind.EMPTY, name, self._listed_people(name), self.all[-1].folded)  # '19', 'several others'

    def _people_by_phrase(self) -> Reading | None:
        folded = tuple(word.folded for word in self.words)
        if folded in self.lists.population:
            return Reading(PhraseKind.PEOPLE, "civilians", "civilians", folded[-1])
        return None

    def _named(self) -> Reading | None:
        """A name of the file that the phrase ends in: 'the opposition Syrian National Coalition'."""
        last = next((name for name in reversed(self.owners) if name.end == self.split), None)
        if last is None:
            return None
        actor = self._army_of_a_state(last) or self.actors.get(last.owner.actor)
        if actor.kind == "person" and self._is_namesake(last):
            return None
        if actor.generic:
            better = self._specific(self.owners[:-1]) or self._specific_tail(actor)
            if better is not None:
                return self._actor(better)
        return self._actor(actor)

    def _is_namesake(self, last: Found) -> bool:
        """'Salah al-Shami' where the file has an al-Shami: another first name before a bare surname."""
        if last.start == 0 or last.end - last.start > 1:
            return False
        before = self.words[last.start - 1]
        known = any(name.end == last.start for name in self.owners) or before.folded in self.lists.titles
        return before.capital and len(before.raw) > 1 and not known and not _acronym(before)

    def _army_of_a_state(self, last: Found) -> Actor | None:
        """'The Jordanian army': a bare word for an army belongs to the state that is named before it."""
        classes = self.lists.heads.get(tuple(word.folded for word in self.words[last.start : last.end]))
        for name in reversed(self.owners[:-1]):
            arm = name.owner.arm(classes or ())
            if classes and self.actors.get(name.owner.actor).kind == "government" and arm != name.owner.actor:
                return self.actors.get(arm)
        return None

    # --- by head noun -----------------------------------------------------------------------------------------------

    def _belonging(self) -> Reading | None:
        """A head noun that says nothing by itself, with a name before it or in its tail: 'Russian jets'."""
        classes = self._classes()
        if classes:
            if self.owners:
                named = self._specific_owner() or self.owners[-1].owner
                return self._actor(self.actors.get(named.arm(classes))) if self._has(named, classes) else None
            role = self._role_before_head()
            if role is not None:
                return self._actor(self.actors.get(Owner(role.id, role.arms).arm(classes)))
            tail = self._tail_reading()
            if tail is not None and tail.actor is not None and tail.kind in (PhraseKind.ACTOR, PhraseKind.ROLE):
                owner = self.actors.get(tail.actor)
                if self.tail_link in {"from", "for"} and owner.kind == "government":
                    return None  # 'fighters from Syria' come from there
                return self._actor(self.actors.get(Owner(owner.id, owner.arms).arm(classes)))
            if tail is not None and tail.kind is PhraseKind.PEOPLE and "members" in classes and self.tail_link == "of":
                return tail
            return None
        return self._armed_owner()

    def _has(self, owner: Owner, classes: tuple[str, ...]) -> bool:
        """Whether a head of these classes is the owner's own: a Lebanese group is not the Lebanese government."""
        state = self.actors.get(owner.actor).kind == "government"
        return (
            not state or any(name in classes for name, _ in owner.arms) or not set(classes) <= {"fighters", "members"}
        )

    def _role_before_head(self) -> Actor | None:
        """'coalition aircraft': a role that owns the head."""
        for word in reversed(self.words[: max(0, self.split - 1)]):
            if (word.folded,) in self.lists.roles:
                return self.actors.get(self.lists.roles[word.folded,][0])
        return None

    def _armed_owner(self) -> Reading | None:
        """A head that no list has, of somebody who fights: what is his is a military object."""
        if self._listed(self.lists.people) or self._listed(self.lists.objects) or not self.owners:
            return None
        if any(word.capital for word in self.words[self.owners[-1].end : self.split]):
            return None
        actor = self.actors.get(self.owners[-1].owner.actor)
        return self._actor(actor) if actor.kind == "armed_group" and not actor.generic else None

    def _people(self) -> Reading | None:
        found = self._listed(self.lists.people)
        if found is None:
            return None
        name = found[0]
        described = self.words[self.split - 2] if self.split > 1 else None
        if described is not None and described.capital and described.folded not in self.lists.adjectives:
            return Reading(PhraseKind.PEOPLE, self._neutral(), None, self._head())  # 'Alawite civilians'
        return Reading(PhraseKind.PEOPLE, name, self._listed_people(name), self._head())

    def _listed_people(self, name: str) -> str | None:
        """The id of people of that name."""
        listed = self.actors.named(name)
        return listed.id if listed and listed.kind == "people" else None

    def _role(self) -> Reading | None:
        found = self._listed(self.lists.roles)
        return self._actor(self.actors.get(found[0])) if found else None

    def _person(self) -> Reading | None:
        """A name in capitals behind titles: 'Russian Foreign Minister Sergei Lavrov'."""
        head = self.words[: self.split]
        if head and head[-1].folded in self.lists.titles:
            return self._titled() or self._called(before_titles(head, self.lists.titles))
        if len(head) == 1 and (self._listed(self.lists.objects) or self._classes()):
            return None  # a thing at the start of a sentence
        return self._called(behind_titles(head, self.lists.titles))

    def _titled(self) -> Reading | None:
        """'The head of the council Dr Hani Zaki', 'Secretary of State John Kerry': the name stands at the very end."""
        names = self.actors.names_in(self.words, self.day)
        last = self.actors.get(names[-1].owner.actor) if names and names[-1].end == len(self.words) else None
        if last is not None:
            return self._actor(last) if last.kind == "person" else None
        return self._called(behind_a_tail(self.words, self.split, self.lists.titles))

    def _called(self, named: tuple[Word, ...]) -> Reading | None:
        """A person of that name who is not in the file."""
        if not named:
            return None
        name = as_written(self.text, named[0].raw, named[-1].raw) or " ".join(word.raw for word in named)
        return Reading(PhraseKind.PERSON, name, head=named[-1].folded)

    def _object(self) -> Reading:
        classes = self._classes()
        again = self._again()
        return Reading(PhraseKind.OBJECT, self._object_name(), head=self._head(), classes=classes, again=again)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _without_fillers(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """Drops numbers, quantifiers, possessive pronouns in front, and 'of' after them: 'dozens of the rebels'."""
        start = 0
        while start < len(words):
            word = words[start]
            number = _NUMBER.fullmatch(word.folded) is not None and not self._name_starts(words[start : start + 3])
            filler = word.folded in self.lists.fillers and not _acronym(word)
            partitive = word.folded == "of" and start > 0
            if not (number or filler or partitive):
                break
            start += 1
        return words[start:]

    def _name_starts(self, words: tuple[Word, ...]) -> bool:
        """Whether a number begins a name: '13th Division'."""
        names = self.actors.names_in(words, self.day)
        return bool(names) and names[0].start == 0

    def _split(self, names: list[Found]) -> int:
        """Where the tail begins that says whose the head is, or where it is."""
        covered = {at for name in names for at in range(name.start + 1, name.end)}
        links = self.lists.owner_links | self.lists.other_links
        for at in range(1, len(self.words)):
            if at in covered or self.words[at].folded not in links:
                continue
            if {self.words[at].folded, self.words[min(at + 1, len(self.words) - 1)].folded} <= self.lists.titles:
                continue  # 'Under Secretary General'
            compound = f"{self.words[at - 1].folded}-{self.words[at].folded}" in plain(self.text).casefold()
            bare = self.words[at].folded in self.lists.participles and (
                at + 1 == len(self.words) or self.words[at + 1].folded not in {"to", "with", "by", "from"}
            )
            if not compound and not bare:
                return at
        return len(self.words)

    def _owns(self, name: Found) -> bool:
        before = self.words[name.start - 1].folded if name.start else ""
        after = self.words[name.end].folded if name.end < len(self.words) else ""
        if before == "" and name.start == 0 and len(self.all) > len(self.words):
            before = self.all[len(self.all) - len(self.words) - 1].folded
        return before not in self.lists.not_owner_before and after not in self.lists.not_owner_after

    def _specific(self, names: list[Found]) -> Actor | None:
        for name in reversed(names):
            actor = self.actors.get(name.owner.actor)
            if not actor.generic and actor.armed:
                return actor
        return None

    def _specific_owner(self) -> Owner | None:
        """The last owner that is no role; a bare 'military' only where nobody else is named: 'IS military vehicles'."""
        specific = [name for name in self.owners if not self.actors.get(name.owner.actor).generic]
        strong = [name for name in specific if not self._is_role(name)]
        if strong and specific[-1] is not strong[-1] and self.actors.get(strong[-1].owner.actor).kind == "government":
            classes = self.lists.heads.get(
                tuple(word.folded for word in self.words[specific[-1].start : specific[-1].end])
            )
            owner = self.actors.get(strong[-1].owner.arm(classes or ()))  # 'a regime military base' is the army's
            return Owner(owner.id, owner.arms)
        return (strong or specific)[-1].owner if specific else None

    def _is_role(self, name: Found) -> bool:
        return tuple(word.folded for word in self.words[name.start : name.end]) in self.lists.roles

    def _specific_tail(self, generic: Actor) -> Actor | None:
        """'terrorists of Jaysh al-Islam': the group in the tail, where the head is only a role of its kind."""
        tail = self._tail_reading()
        if tail is None or tail.actor is None:
            return None
        actor = self.actors.get(tail.actor)
        return actor if actor.armed and not actor.generic and generic.kind == "armed_group" else None

    def _tail_reading(self) -> Reading | None:
        if self.tail_link not in self.lists.owner_links and self.tail_link not in {"fighting"}:
            return None
        rest = list(self.words[self.split + 1 :])
        while rest and rest[0].folded in {"to", "with", "by", "of", "for", "from"}:
            rest.pop(0)
        if not rest:
            return None
        return _Phrase(" ".join(word.raw for word in rest), self.actors, self.day).read()

    def _head_word(self) -> Word | None:
        head = [word for word in self.words[: self.split] if not _NUMBER.fullmatch(word.folded)]
        return head[-1] if head else None

    def _head(self) -> str:
        word = self._head_word()
        return word.folded if word else ""

    def _listed(self, lookup: Mapping[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...] | None:
        """What a list says of the head, read with up to two words before it."""
        head = [word.folded for word in self.words[: self.split] if not _NUMBER.fullmatch(word.folded)]
        for length in range(_LONGEST, 0, -1):
            if len(head) >= length and tuple(head[-length:]) in lookup:
                return lookup[tuple(head[-length:])]
        return None

    def _classes(self) -> tuple[str, ...]:
        return self._listed(self.lists.heads) or ()

    def _actor(self, actor: Actor) -> Reading:
        kind = (
            PhraseKind.PEOPLE
            if actor.kind == "people"
            else PhraseKind.ROLE
            if actor.generic or self._bare_role()
            else PhraseKind.ACTOR
        )
        again = self._again() if kind is PhraseKind.ROLE else ()
        return Reading(kind, actor.name, actor.id, self._head(), classes=self._classes(), again=again)

    def _again(self) -> tuple[str, ...]:
        """Kinds of actor that the phrase may mention again: 'the terrorist group', not 'other armed groups'."""
        if any(word.folded in self.lists.not_again for word in self.all) or self.split < len(self.words):
            return ()
        folded = [word.folded for word in self.words]
        for length in range(min(len(folded), _LONGEST), 0, -1):
            kinds = self.lists.anaphoric.get(tuple(folded[-length:]))
            if kinds is not None:
                more = any(word not in self.lists.anaphoric_modifiers for word in folded[:-length])
                return () if more else kinds
        return ()

    def _bare_role(self) -> bool:
        return tuple(word.folded for word in self.words[: self.split]) in self.lists.anaphoric

    def _object_name(self) -> str:
        found = self._listed(self.lists.objects)
        head = [word for word in self.words[: self.split] if not _NUMBER.fullmatch(word.folded)]
        own = len(head) > 1 and head[-2].folded in self.lists.object_modifiers and found is self._one_word(head[-1])
        if found and not own and not any(word.capital for word in head[:-1]):
            return found[0]
        return self._neutral()

    def _one_word(self, head: Word) -> tuple[str, ...] | None:
        return self.lists.objects.get((head.folded,))

    def _neutral(self) -> str:
        """The phrase's own words without articles, numbers, loaded words and tail."""
        words = [word for word in self.words[: self.split] if not _NUMBER.fullmatch(word.folded)]
        return neutral_name(self.text, words or self.all, self.lists.neutral) or self._head()


def _acronym(word: Word) -> bool:
    return len(word.raw) > 1 and word.raw.isupper()
