from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path

import pytest

from rashomon.errors import SettingsError
from rashomon.knowledge.files import Layers
from rashomon.knowledge.outlets import Outlets
from rashomon.model import Report
from rashomon.reading import ReadOptions, Skipped, parse_columns, read, read_all

OUTLETS = Outlets.load(Layers())
STORY = "The army entered the town of Jairud on Monday, and the last of the fighters left it by bus, residents said."


def _read(source: Path | str, stdin: bytes = b"", **options: object) -> tuple[list[Report], list[Skipped]]:
    items = list(read(str(source), ReadOptions(**options), OUTLETS, io.BytesIO(stdin)))  # type: ignore[arg-type]
    return [item for item in items if isinstance(item, Report)], [item for item in items if isinstance(item, Skipped)]


def _write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_file_keeps_its_characters(tmp_path: Path) -> None:
    reports, skipped = _read(_write(tmp_path / "a.txt", f"Share\r\n\r\n{STORY}\r\n"))
    assert reports[0].text == f"Share\n\n{STORY}\n"
    assert reports[0].language == "en"
    assert reports[0].words == len(STORY.split())
    assert [piece.span.of(reports[0].text) for piece in reports[0].furniture] == ["Share"]
    assert skipped == []


def test_json_lines_go_on_after_a_broken_line(tmp_path: Path) -> None:
    good = [
        json.dumps({"id": name, "outlet": "sana", "published": "2018-04-18", "text": STORY + name}) for name in "ab"
    ]
    path = _write(tmp_path / "r.jsonl", f"\ufeff{good[0]}\n{{broken\n\n[1]\n{good[1]}\n")
    reports, skipped = _read(path)
    assert [(report.id, report.outlet, str(report.publication.day)) for report in reports] == [
        ("a", "sana", "2018-04-18"),
        ("b", "sana", "2018-04-18"),
    ]
    assert [(item.where, item.line) for item in skipped] == [(str(path), 2), (str(path), 4)]
    assert str(skipped[0]).startswith(f"{path}:2: ")
    assert all(item.remedy for item in skipped)


@pytest.mark.parametrize("wrap", ["{}", "[{}]", '{{"reports": [{}]}}'])
def test_json_of_every_form(tmp_path: Path, wrap: str) -> None:
    record = json.dumps({"id": 7, "text": STORY, "outlet": "unknown", "published": None, "title": None})
    reports, skipped = _read(_write(tmp_path / "r.json", wrap.format(record)))
    assert [(report.id, report.outlet, report.publication.day) for report in reports] == [("7", None, None)]
    assert skipped == []
    assert _read("-", wrap.format(record).encode())[0] == [
        report.__class__(**{**{name: getattr(report, name) for name in report.__slots__}, "got_from": "-"})
        for report in reports
    ]


def test_the_standard_input_takes_text_and_json_lines() -> None:
    assert _read("-", STORY.encode())[0][0].text == STORY
    lines = b"\n".join(json.dumps({"id": name, "text": STORY + name}).encode() for name in "ab")
    assert [report.id for report in _read("-", lines)[0]] == ["a", "b"]
    assert "nothing came in" in _read("-")[1][0].reason


def test_a_csv_with_columns_of_its_own(tmp_path: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["unit_id", "article_title", "article_content", "source", "date"])
    writer.writerow(["1", "Army enters Jairud", f"{STORY}\nSecond line, with a comma.", "sana", "4/5/2017"])
    writer.writerow(["2", "Buses leave", STORY + " Two.", "trt", "4/25/2017"])
    writer.writerow(["3", "Nothing", "", "trt", "4/25/2017"])
    path = _write(tmp_path / "r.csv", out.getvalue())
    columns = parse_columns("text=article_content,outlet=source,id=unit_id,published=date,title=article_title")
    reports, skipped = _read(path, columns=columns)
    assert [(report.id, report.title, str(report.publication.day)) for report in reports] == [
        ("1", "Army enters Jairud", "2017-04-05"),
        ("2", "Buses leave", "2017-04-25"),
    ]
    assert reports[0].text.endswith("comma.")
    assert [(item.line, "empty" in item.reason) for item in skipped] == [(5, True)]
    assert _read(path)[0] == reports, "usual names of columns need no mapping"
    assert str(_read(path, day_order="dmy")[0][0].publication.day) == "2017-05-04"


def test_a_missing_column_names_those_that_are_there(tmp_path: Path) -> None:
    path = _write(tmp_path / "r.csv", "a;b\n1;hello\n")
    for columns in ({}, {"text": "content"}):
        reports, skipped = _read(path, columns=columns)
        assert reports == []
        assert "a, b" in skipped[0].reason
        assert "--columns" in skipped[0].remedy


def test_a_wrong_mapping_is_refused() -> None:
    with pytest.raises(SettingsError, match="colour=x"):
        parse_columns("text=a,colour=x")


def test_a_folder_is_read_in_order_and_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    for name, content in {
        "b/two.txt": STORY + " Two.",
        "a/one.txt": STORY + " One.",
        "a/empty.txt": "",
        "a/furniture.txt": "Back to top\nShare on Facebook Tweet\n12\n",
        "c/arabic.txt": "دخل الجيش بلدة الرحيبة صباح اليوم وقال السكان ان الطريق مغلق منذ يومين.",
        "c/again.txt": STORY + " One.",
        "c/page.html": "<p>",
        "c/.hidden.txt": "hidden",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        _write(tmp_path / name, content)
    reports, skipped = _read(tmp_path)
    assert [(Path(report.got_from).name, report.language, report.words > 0) for report in reports] == [
        ("furniture.txt", None, False),
        ("one.txt", "en", True),
        ("two.txt", "en", True),
        ("arabic.txt", "ar", True),
    ]
    told = {Path(item.where).name: (item.reason, item.kept) for item in skipped}
    assert "empty" in told["empty.txt"][0]
    assert told["furniture.txt"] == (f"nothing but page furniture (report {reports[0].id}): no words to code", True)
    assert "same report" in told["again.txt"][0]
    assert "page.html" in told[tmp_path.name][0]


def test_a_folder_without_reports_and_a_name_that_does_not_exist(tmp_path: Path) -> None:
    assert "holds no reports" in _read(tmp_path)[1][0].reason
    assert "no such file" in _read(tmp_path / "x.txt")[1][0].reason


def test_given_ids_are_kept_and_never_stand_for_two_texts(tmp_path: Path) -> None:
    records = [{"id": "1", "text": STORY}, {"id": "1", "text": STORY + " More."}, {"id": "1", "text": STORY}]
    path = _write(tmp_path / "r.json", json.dumps(records))
    reports, skipped = _read(path)
    assert [report.text for report in reports] == [STORY, STORY + " More."]
    assert reports[0].id == "1"
    assert reports[1].id.startswith("1~")
    assert [item.kept for item in skipped] == [True, False]
    again = [item for item in read_all([str(path), str(path)], ReadOptions(), OUTLETS) if isinstance(item, Report)]
    assert again == reports


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    text = STORY + " “It’s over”, said the café’s owner."
    reports, skipped = _read(_write(tmp_path / "a.txt", text.encode(encoding)))
    assert [report.text for report in reports] == [text]
    assert [item.kept for item in skipped] == ([True] if encoding == "cp1252" else [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_tables_in_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    text = STORY + " “It’s over”, said the café’s owner."
    rows = f'id,text\r\na,"{text.replace(chr(34), "")}"\r\n'
    assert [report.text for report in _read(_write(tmp_path / "a.csv", rows.encode(encoding)))[0]] == [text]
    lines = json.dumps({"id": "a", "text": text}, ensure_ascii=False) + "\n"
    assert [report.text for report in _read(_write(tmp_path / "a.jsonl", lines.encode(encoding)))[0]] == [text]
    assert [report.text for report in _read(_write(tmp_path / "a.json", lines.encode(encoding)))[0]] == [text]


def test_arabic_in_an_old_encoding(tmp_path: Path) -> None:
    text = "دخل الجيش بلدة الرحيبة صباح اليوم وقال السكان ان الطريق مغلق منذ يومين وان الحافلات تنتظر عند المدخل. " * 3
    reports, _ = _read(_write(tmp_path / "a.txt", text.encode("cp1256")))
    assert [report.language for report in reports] == ["ar"]


def test_mojibake_is_mended_and_told(tmp_path: Path) -> None:
    reports, skipped = _read(_write(tmp_path / "a.txt", "The army\u00e2\u20ac\u2122s tanks left " + STORY))
    assert reports[0].text.startswith("The army’s tanks left")
    assert [item.kept for item in skipped] == [True]


def test_binary_is_refused(tmp_path: Path) -> None:
    for name in ("a.txt", "b.csv", "c.json"):
        reports, skipped = _read(_write(tmp_path / name, b"\x00\x01\xff\xfe" * 200))
        assert reports == []
        assert len(skipped) == 1


def test_five_megabytes_are_refused_at_once_with_the_limit(tmp_path: Path) -> None:
    path = _write(tmp_path / "big.txt", "word " * 1_000_000)
    start = time.process_time()
    reports, skipped = _read(path)
    assert time.process_time() - start < 2
    assert reports == []
    assert "200,000" in skipped[0].reason
    assert "max_characters" in skipped[0].remedy
    assert len(_read(_write(tmp_path / "less.txt", "word " * 100), max_characters=400)[1]) == 1


def test_an_unreadable_file_does_not_stop_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path / "a.txt", STORY)
    _write(tmp_path / "b.txt", STORY + " Two.")
    honest = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return honest(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    reports, skipped = _read(tmp_path)
    assert [Path(report.got_from).name for report in reports] == ["b.txt"]
    assert "Permission denied" in skipped[0].reason


def test_ids_hash_outlet_address_and_text(tmp_path: Path) -> None:
    def one(**fields: str) -> str:
        return _read("-", json.dumps({"text": STORY, **fields}).encode())[0][0].id

    ids = [
        one(),
        one(outlet="sana"),
        one(outlet="SANA"),
        one(url="https://www.sana.sy/1"),
        one(url="https://nobody.example/1"),
    ]
    assert len(set(ids)) == 4
    assert ids[1] == ids[2]
    assert all(len(name) == 16 for name in ids)


def test_a_date_that_is_no_day_is_told_with_its_line(tmp_path: Path) -> None:
    path = _write(tmp_path / "r.csv", f'id,published,note,text\na,2018-04-18,x,"{STORY} a"\nb,soon,y,"{STORY} b"\n')
    reports, (told,) = _read(path)
    assert [(report.id, report.publication.day is None) for report in reports] == [("a", False), ("b", True)]
    assert str(told).startswith(f"{path}:3: the date given with the input, 'soon', is no day")
    assert told.kept
    assert told.remedy
