"""Where a report is mostly about."""

from __future__ import annotations

import pytest

from rashomon.knowledge import Knowledge
from rashomon.model import Furniture, FurnitureKind, Publication, Report, Span
from rashomon.resolving.main_place import MainPlace, main_place


def place(knowledge: Knowledge, text: str, title: str | None = None, furniture: int = 0) -> MainPlace | None:
    menu = (Furniture(Span(0, furniture), FurnitureKind.NAVIGATION),) if furniture else ()
    report = Report("r", None, None, title, text, "", "en", len(text.split()), Publication(), menu)
    return main_place(report, knowledge.gazetteer)


@pytest.mark.parametrize(
    ("text", "adm1"),
    [
        ("Shells hit Saraqib in Idlib. Buses had left Aleppo last year.", "Idleb"),
        ("Clashes broke out in Nawa and Tafas, a source in Damascus said.", "Dar'a"),
        ("Mortar fire was heard in al-Midan. Rebels hold Bustan al-Qasr and Sheikh Maqsoud.", "Aleppo"),
        ("Police searched houses in Mosul.", "Ninawa"),
        ("Buses from the besieged town of Foua were shelled in Aleppo.", "Aleppo"),
        ("In Raqqa last year thousands fled. Now the same is feared in Hama.", "Hama"),
        ("Al Jazeera said that a car bomb went off in Homs.", "Homs"),
    ],
)
def test_the_governorate_that_most_speaks_for(knowledge: Knowledge, text: str, adm1: str) -> None:
    found = place(knowledge, text)
    assert found is not None
    assert found.adm1 == adm1
    assert 0 < found.share <= 1


def test_the_headline_counts_most(knowledge: Knowledge) -> None:
    found = place(knowledge, "A convoy came from Homs by way of Hama.", title="Aid reaches Raqqa")
    assert found is not None
    assert (found.adm1, found.country, found.row.name) == ("Ar-Raqqa", "SY", "Raqqa")


def test_words_and_agencies_that_sound_like_places_are_none(knowledge: Knowledge) -> None:
    assert place(knowledge, "There is no War without New losses, she said. There SANA did not answer.") is None
    assert place(knowledge, "Sarin was found, Al Jazeera reported.") is None


def test_page_furniture_is_not_read(knowledge: Knowledge) -> None:
    menu = "Homs Hama Aleppo "
    found = place(knowledge, menu + "Rockets fell on Kobani.", furniture=len(menu))
    assert found is not None
    assert found.row.name == "Kobani"
