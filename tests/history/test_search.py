"""Any piece of what was asked and said is found, in any script, with any filter, newest first."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import language
from desktop.history.reader import Reader
from desktop.history.search import PAGE, Query
from desktop.history.words import fold, matches, pairs, terms
from tests.history.kept import NOW, opened, picture, reading, talk_of

TEXTS = (
    "发票号码 2026-0417\n金额合\n计 ¥1,280",
    "Café naïve ＦＵＬＬ widⅣ STRASSE straße",
    "def f(x):\n    return x[\"key\"] == 'a' or x >= c# # done",
    "が か 東京タ\nワー Ελληνικά ПРИВЕТ 한국어",
    "100 % of_it *all* (now) ^ ~ \\ | AND OR NOT NEAR",
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A history of TEXTS, entries 1 to 5."""
    path = tmp_path_factory.mktemp("search") / "history.sqlite"
    with opened(path) as store:
        for number, text in enumerate(TEXTS):
            store.keep(talk_of(text, "describe", picture(number)), NOW)
    reader = Reader(path)
    reader.reopen()
    return reader


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        ("发票", 1),
        ("票号码", 1),
        ("票", 1),
        ("金额合计", 1),
        ("票号 1,28", 1),
        ("¥1", 1),
        ("cafe", 2),
        ("CAFÉ", 2),
        ("aïv", 2),
        ("full wid", 2),
        ("idiv", 2),
        ("strasse", 2),
        ("straße", 2),
        ('["key"]', 3),
        ("c#", 3),
        ("'a'", 3),
        ('"return x"', 3),
        ("(x):", 3),
        ("東京タワー", 4),
        ("ελληνικα", 4),
        ("привет", 4),
        ("국어", 4),
        ("国", None),
        ("of_it", 5),
        ("*all*", 5),
        ("\\", 5),
        ("^", 5),
        ('"and or not near"', 5),
        ("near)", None),
        ('"号码 发票"', None),
        ("cafe key", None),
        ("zz", None),
        ("zzz", None),
    ],
)
def test_pieces_are_found(words: str, entry: int | None, reader: Reader) -> None:
    assert reader.page(Query(words)) == ([entry] if entry else [])


@pytest.mark.parametrize("words", ["describe", "2026-11-24", "24 november", "11月24日", "screen", "15:30"])
def test_task_date_and_source_are_found(words: str, reader: Reader) -> None:
    assert reader.page(Query(words)) == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("words", ["", "  ", '" "', "\n"])
def test_no_words_find_everything(words: str, reader: Reader) -> None:
    assert reader.page(Query(words)) == [5, 4, 3, 2, 1]


def test_a_lone_quote_is_a_sign(reader: Reader) -> None:
    """Until the other one is typed."""
    assert reader.page(Query('["')) == [3]


@given(st.text(min_size=1, max_size=30))
def test_any_words_are_harmless(reader: Reader, words: str) -> None:
    """Whatever is typed is a question that SQLite understands."""
    failed: list[bool] = []
    reader._failed = lambda: failed.append(True)
    assert reader._db is not None
    reader.page(Query(words))
    grams, short = matches(terms(words))
    for table, match in (("grams", grams), ("pairs", short)):
        if match:
            reader._db.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", [match]).fetchall()
    assert failed == []


@given(st.data())
def test_every_piece_of_every_text_is_found(reader: Reader, data: st.DataObject) -> None:
    """From any character to any other, once spaces are taken for ends of words."""
    number = data.draw(st.integers(0, len(TEXTS) - 1))
    text = TEXTS[number].replace("\n", " ")
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))].replace('"', " ")
    assert number + 1 in reader.page(Query(piece)) or not piece.strip()


def test_pairs_are_those_of_words() -> None:
    assert pairs(fold("Ab cde")) == "ab b cd de e"


def test_filters(path: Path) -> None:
    """Each alone, and together with words; a range holds its beginning and not its end."""
    with opened(path) as store:
        for day, task in enumerate(("text", "code", "text", "describe")):
            store.keep(talk_of(f"fox {task}", task, picture(day)), NOW + timedelta(days=day))
        store.favour([2, 3], True)
    since, until = NOW + timedelta(days=1), NOW + timedelta(days=3)
    found = {
        Query(task="text"): [3, 1],
        Query(favourites=True): [3, 2],
        Query(since=since): [4, 3, 2],
        Query(since=since, until=until): [3, 2],
        Query(until=until): [3, 2, 1],
        Query("fox", task="text"): [3, 1],
        Query("fo", favourites=True): [3, 2],
        Query("fox", favourites=True, task="text"): [3],
        Query("fox x", since=since, until=until): [3, 2],
        Query("code", task="text"): [],
    }
    with reading(path) as reader:
        assert {query: reader.page(query) for query in found} == found
    assert all(query.narrows for query in found)
    assert not Query(" ").narrows


@pytest.mark.parametrize("words", ["", "fox", "fo", "fox o"])
def test_pages_follow_each_other(words: str, path: Path) -> None:
    """Newest first, every entry once."""
    count = 2 * PAGE + 5
    with opened(path) as store, store.transaction():
        for number in range(count):
            store.keep(talk_of(f"fox {number}"), NOW)
    pages, before = [], None
    with reading(path) as reader:
        while page := reader.page(Query(words), before):
            pages.append(page)
            before = page[-1]
    assert [len(page) for page in pages] == [PAGE, PAGE, 5]
    assert [entry for page in pages for entry in page] == list(range(count, 0, -1))


def test_a_task_is_found_by_what_it_is_called_in_another_language(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And in English, whatever is spoken later."""
    monkeypatch.setattr(language, "_texts", {"Text": "文本"})
    with opened(path) as store:
        store.keep(talk_of("fox"), NOW)
    monkeypatch.undo()
    with reading(path) as reader:
        assert [reader.page(Query(words)) for words in ("文本", "text")] == [[1], [1]]
