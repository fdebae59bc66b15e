"""The check of knowledge: what is built in is clean, and in a folder of one's own every kind of problem is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.knowledge.check import Checked, check
from rashomon.knowledge.files import Layers
from rashomon.knowledge.problem import Problem


def test_what_is_built_in_is_clean() -> None:
    assert list(map(str, check(Layers()).problems)) == []


def checked(folder: Path, **files: str) -> Checked:
    """The check of a folder with these files; a double underscore stands for a slash."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return check(Layers.over_built_in(folder))


def the_problem(found: Checked) -> Problem:
    assert len(found.problems) == 1, list(map(str, found.problems))
    return found.problems[0]


VOTE = "types:\n  vote:\n    family: politics\n    is: a vote\n"
LABEL = "labels:\n- {words: [%s], stands: self, gloss: a person, examples: ['The [%s] left.', 'The man left.']}\n"


@pytest.mark.parametrize(
    ("name", "text", "where", "says"),
    [
        # files
        ("outlets", "outlets: [\n", "line 2", "not YAML"),
        ("outlets", "outlets: []\nunknown: []\noutlets: []\n", "line 3", "'outlets' stands twice, first in line 1"),
        ("outlet", "outlets: []\n", "the whole file", "nothing reads a file of this name"),
        ("lexicon__label", "labels: []\n", "the whole file", "nothing reads a file of this name"),
        # outlets
        ("outlets", "[]\n", "line 1", "not a mapping"),
        ("outlets", "papers: []\n", "line 1", "unknown key 'papers'"),
        ("outlets", "outlets:\n- {name: X}\n", "line 2", "needs `id` and `name`"),
        ("outlets", "outlets:\n- {id: x, name: X, colour: red}\n", "line 2, x", "unknown fields: colour"),
        ("outlets", "outlets:\n- {id: x, name: X, country: Syria}\n", "line 2, x", "country 'Syria'"),
        ("outlets", "outlets:\n- {id: x, name: X}\n- {id: x, name: Z}\n", "line 3, x", "the id stands twice"),
        ("outlets", "outlets:\n- {id: x, name: X, side: Good}\n", "line 2, x", "`side` without a source"),
        ("outlets", "outlets:\n- {id: x, name: X, side_source: [a]}\n", "line 2, x", "without a `side`"),
        ("outlets", "outlets:\n- {id: x, name: X, side: S, side_source: ['http:/a']}\n", "line 2, x", "no address"),
        ("outlets", "outlets:\n- {id: x, name: X, hosts: ['https://x.org/']}\n", "line 2, x", "is no host"),
        ("outlets", "outlets:\n- {id: x, name: X, aliases: [A, A]}\n", "line 2, x", "'A' stands twice"),
        (
            "outlets",
            "outlets:\n- {id: x, name: X, aliases: [SANA]}\n",
            "line 2, x",
            "belongs to two outlets, sana and x",
        ),
        (
            "outlets",
            "outlets:\n- {id: x, name: X, hosts: [tass.com]}\n",
            "line 2, x",
            "belongs to two outlets, tass and x",
        ),
        # the ontology
        ("ontology", "types:\n  vote: {is: a vote}\n", "line 2", "types > vote > family"),
        ("ontology", "types:\n  Vote: {is: a vote, family: politics}\n", "line 2, Vote", "no id"),
        ("ontology", "types:\n  vote: {family: politics}\n", "line 2, vote", "nothing says what it is"),
        ("ontology", "types:\n  vote: {family: votes, is: a vote}\n", "line 2, vote", "no family 'votes'"),
        ("ontology", "types:\n  vote: {family: politics, is: a vote, cameo: '99'}\n", "line 2, vote", "no root '99'"),
        (
            "ontology",
            "types:\n  vote: {family: politics, is: a vote, acled: Vote}\n",
            "line 2, vote",
            "no sub-event 'Vote'",
        ),
        (
            "ontology",
            VOTE + "    acled:\n    - {when: {killed: true}, is: Other}\n",
            "line 6, vote",
            "no rule for what none of the conditions fits",
        ),
        (
            "ontology",
            VOTE + "    acled:\n    - is: Other\n    - is: Attack\n",
            "line 6, vote",
            "rule 2 is never reached",
        ),
        (
            "ontology",
            "types:\n  vote: {family: politics, is: a vote, acled: [{when: {actors: [kings]}, is: Other}]}\n",
            "line 2",
            "acled > 0 > when > actors > 0",
        ),
        (
            "ontology",
            "types:\n  vote: {family: politics, is: a vote, plover: {event: VOTE}}\n",
            "line 2, vote",
            "PLOVER has no event 'VOTE'",
        ),
        (
            "ontology",
            VOTE + "    plover: {event: PROTEST, mode: polls, contexts: [election]}\n",
            "line 5, vote",
            "PLOVER's PROTEST has no mode 'polls'",
        ),
        (
            "ontology",
            "types:\n  vote: {family: politics, is: a vote, plover: {event: PROTEST, contexts: [polls]}}\n",
            "line 2, vote",
            "PLOVER has no context 'polls'",
        ),
        ("ontology", "statuses:\n  denied: {is: no, plover: never}\n", "line 2", "statuses > denied > is"),
        ("ontology", "statuses:\n  denied: {is: 'no', plover: never}\n", "line 2", "no auxiliary mode 'never'"),
        # words for events
        ("lexicon__events__ours", "type: shelling\n", "line 1", "no list of entries"),
        (
            "lexicon__events__ours",
            "- {type: quake, nouns: [quake], examples: [A quake came.]}\n",
            "line 1, entry 1 (quake)",
            "no type of event 'quake'",
        ),
        (
            "lexicon__events__ours",
            "- {type: shelling, examples: [It rains.]}\n",
            "line 1, entry 1 (shelling)",
            "no words",
        ),
        (
            "lexicon__events__ours",
            "- {type: shelling, verbs: [mortarize], examples: []}\n",
            "line 1, entry 1 (shelling)",
            "no examples",
        ),
        (
            "lexicon__events__ours",
            "- type: shelling\n  verbs: [mortarize, mortarize]\n  examples: [They mortarized it.]\n",
            "line 1, entry 1 (shelling)",
            "'mortarize' stands in entry 1 too",
        ),
        ("lexicon__events__ours", "- {type: shelling, verbs: mortarize, examples: [X.]}\n", "line 1", "verbs"),
        # speech
        ("lexicon__speech", "verbs:\n- {lemma: murmur}\n", "line 2, murmur", "no examples"),
        (
            "lexicon__speech",
            "nouns:\n- {lemma: hint, examples: [a]}\n- {lemma: hint, examples: [b]}\n",
            "line 3, hint",
            "'hint' stands twice",
        ),
        # lists
        ("lexicon__numbers", "words:\n  dozen: 12\n  six: many\n", "line 3", "words > six"),
        ("lexicon__numbers", "words: {eggs: 12}\nvague: {eggs: 3}\n", "line 2, vague", "'eggs' stands in words too"),
        ("lexicon__quantities", "belongs:\n  killed: [quake]\n", "line 2", "no type of event 'quake'"),
        ("lexicon__quantities", "counted: []\n", "line 1", "counted"),
        ("lexicon__times", "inherit:\n  shelling: [quake]\n", "line 2", "no type of event 'quake'"),
        ("lexicon__verbs", "carriers: [launch]\n", "line 1", "carriers"),
        ("lexicon__weapons", "platforms:\n  space: [laser]\n", "line 2", "platforms > space"),
        (
            "lexicon__weapons",
            "platforms:\n  air: [glider]\n  sea: [glider]\n",
            "line 3, platforms.sea",
            "'glider' stands in platforms.air too",
        ),
        # loaded words
        ("lexicon__labels", "labels:\n- {words: [vile]}\n", "line 2", "labels > 0 > stands"),
        ("lexicon__labels", LABEL % ("rebel", "rebel"), "line 2, rebel", "'rebel' is a neutral word"),
        (
            "lexicon__labels",
            LABEL % ("takfiri", "takfiri"),
            "line 2, takfiri",
            "'takfiri' stands in the entry 'takfiri'",
        ),
        ("lexicon__labels", LABEL.replace("a person", "''") % ("rat", "rat"), "line 2, rat", "no neutral gloss"),
        (
            "lexicon__labels",
            LABEL.replace(", 'The man left.'", "") % ("rat", "rat"),
            "line 2, rat",
            "of what is no label",
        ),
        ("lexicon__labels", LABEL.replace("[%s] left", "%s left") % ("rat", "rat"), "line 2, rat", "no examples"),
        ("lexicon__labels", LABEL.replace("[%s] left", "[[%s]] left") % ("rat", "rat"), "line 2, rat", "brackets in"),
    ],
)
def test_every_kind_of_problem_is_named(tmp_path: Path, name: str, text: str, where: str, says: str) -> None:
    problem = the_problem(checked(tmp_path, **{name: text}))
    assert problem.file == str(tmp_path / f"{name.replace('__', '/')}.yaml")
    assert problem.where == where
    assert says in problem.text
    assert problem.remedy


def test_a_misspelt_name_of_a_file_is_told_the_right_one(tmp_path: Path) -> None:
    assert "lexicon/labels.yaml" in the_problem(checked(tmp_path, lexicon__label="labels: []\n")).remedy


def test_a_row_of_a_table_of_places_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "gazetteer").mkdir()
    table = "id\tname\tlat\tlon\tkind\nx-1\tTell Barqash\tnorth\t35.9\tvillage\n"
    (tmp_path / "gazetteer" / "ours.tsv").write_text(table)
    found = [p for p in check(Layers.over_built_in(tmp_path)).problems if p.where.startswith("line 2")]
    assert [problem.file for problem in found] == [str(tmp_path / "gazetteer" / "ours.tsv")]
    assert "north" in found[0].text


def test_all_problems_are_told_and_not_only_the_first(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        outlets="outlets:\n- {id: x, name: X, country: Syria, kind: pamphlet}\n- {name: Y}\n",
        ontology="types:\n  vote: {family: votes, is: ''}\n",
        lexicon__labels="labels: [\n",
    )
    told = [(str(Path(problem.file).relative_to(tmp_path)), problem.where) for problem in found.problems]
    assert told == [
        ("lexicon/labels.yaml", "line 2"),
        ("ontology.yaml", "line 2, vote"),
        ("ontology.yaml", "line 2, vote"),
        ("outlets.yaml", "line 2, x"),
        ("outlets.yaml", "line 2, x"),
        ("outlets.yaml", "line 3"),
    ]
    assert found.knowledge is None


def test_a_good_folder_adds_and_has_no_problems(tmp_path: Path) -> None:
    found = checked(
        tmp_path,
        outlets="outlets:\n- {id: valley-post, name: Valley Post, languages: [en]}\n",
        lexicon__events__ours="- {type: shelling, verbs: [mortarize], examples: [Rebels mortarized the base.]}\n",
        lexicon__labels=LABEL % ("rat", "rat"),
    )
    assert found.problems == ()
    assert found.knowledge is not None
    assert found.knowledge.outlets.find("valley post") is not None
    assert found.knowledge.labels.gloss("rat") == "a person"


def test_what_stops_the_loading_is_told_where_no_check_knew_it(tmp_path: Path) -> None:
    problem = the_problem(checked(tmp_path, lexicon__classes="classes: {people: man}\n"))
    assert problem.file == str(tmp_path / "lexicon" / "classes.yaml")
    assert "no list of words" in problem.text
