"""Names and values out of lines, bullets and JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.fields import Field, fields_to_text, read_fields

INVOICE = [("Invoice No.", "007-42"), ("Date", "2026-03-01 12:30"), ("Total", "1.10 EUR")]
PLAIN = "Invoice No.: 007-42\nDate: 2026-03-01 12:30\nTotal: 1.10 EUR"
FORMS = {
    "plain": PLAIN,
    "chatty": f"Sure! Here are the fields of the document:\n\n{PLAIN}\n\nLet me know if you need anything else!",
    "two lead-ins": f"Certainly!\n\nHere is the extracted text:\n\n{PLAIN}",
    "fenced": f"```\n{PLAIN}\n```",
    "chatty and fenced": f"Here is the text:\n```plaintext\n{PLAIN}\n```\nHope this helps.",
    "chinese lead-in": f"以下是提取的字段：\n{PLAIN}\n\n希望对您有帮助！",
    "bullets": "\n".join(f"- {line}" for line in PLAIN.splitlines()),
    "bold": "\n".join("- **" + line.replace(": ", "**: ", 1) for line in PLAIN.splitlines()),
    "bold colon": "\n".join("* **" + line.replace(": ", ":** ", 1) for line in PLAIN.splitlines()),
    "numbered": "\n".join(f"{n}. **" + line.replace(": ", "**: ", 1) for n, line in enumerate(PLAIN.splitlines(), 1)),
    "full width": "Invoice No.：007-42\nDate：2026-03-01 12:30\nTotal ： 1.10 EUR",
    "values below": "Invoice No.:\n007-42\n\nDate:\n2026-03-01 12:30\n\nTotal:\n1.10 EUR",
    "json": '{"Invoice No.": "007-42", "Date": "2026-03-01 12:30", "Total": "1.10 EUR"}',
    "json fenced": '```json\n{\n  "Invoice No.": "007-42",\n  "Date": "2026-03-01 12:30",\n  "Total": "1.10 EUR"\n',
    "json pairs": '[{"name": "Invoice No.", "value": "007-42"}, {"name": "Date", "value": "2026-03-01 12:30"},'
    ' {"name": "Total", "value": "1.10 EUR"}]',
    "json list": '[{"Invoice No.": "007-42"}, {"Date": "2026-03-01 12:30"}, {"Total": "1.10 EUR"}]',
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_understood(form: str) -> None:
    assert list(read_fields(FORMS[form])) == INVOICE


@pytest.mark.parametrize("form", FORMS)
def test_every_prefix_is_read(form: str) -> None:
    for end in range(len(FORMS[form])):
        read_fields(FORMS[form][:end])


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("", []),
        ("\n \n", []),
        ("发票号码：12345\n开票日期: 2026年3月", [("发票号码", "12345"), ("开票日期", "2026年3月")]),
        ("Address: 1 Mill Road\nOxford\nEngland\nTel: 5", [("Address", "1 Mill Road\nOxford\nEngland"), ("Tel", "5")]),
        ("Items:\n- Tea\n- Coffee", [("Items", "Tea\nCoffee")]),
        ("# Seller\nName: A\n\nBuyer\n\nName: B", [("", "Seller"), ("Name", "A"), ("", "Buyer"), ("Name", "B")]),
        ("Site: https://a.example/b:c", [("Site", "https://a.example/b:c")]),
        ("https://a.example", [("", "https://a.example")]),
        ("Folder: C:\\temp", [("Folder", "C:\\temp")]),
        ("Open 09:00 to 17:00", [("", "Open 09:00 to 17:00")]),
        ("Ratio a:b", [("Ratio a", "b")]),
        ("12: 30", [("", "12: 30")]),
        ("Note: see: below", [("Note", "see: below")]),
        ("Empty:\nNext: 1", [("Empty", ""), ("Next", "1")]),
        ("Name: **Bold Co.**", [("Name", "Bold Co.")]),
        ("Price: 5 * 3 ** 2", [("Price", "5 * 3 ** 2")]),
        ("- 5 °C", [("", "5 °C")]),
        ("Here is Johnny: a film", [("Here is Johnny", "a film")]),
        ("[Draft] Total: 5", [("[Draft] Total", "5")]),
        ('{"a": {"b": 1.10, "c": null}, "d": [1, 2]}', [("a / b", "1.10"), ("a / c", ""), ("d", "1, 2")]),
        ('{"items": [{"n": "x"}, {"n": "y"}]}', [("items 1 / n", "x"), ("items 2 / n", "y")]),
        ('{"items": [{"n": "x"}]}', [("items / n", "x")]),
        ('{"a": "one", "b": "tw', [("a", "one")]),
        ('{"a": true, "b": 12', [("a", "true")]),
    ],
)
def test_lines_as_they_come(text: str, fields: list[tuple[str, str]]) -> None:
    assert list(read_fields(text)) == fields


WORD = st.text("abcxyz", min_size=1, max_size=8)
VALUE = st.lists(WORD, min_size=1, max_size=3).map(" ".join)


@given(st.lists(st.builds(Field, WORD, VALUE), max_size=6))
def test_what_is_written_is_read_back(fields: list[Field]) -> None:
    assert list(read_fields(fields_to_text(fields))) == fields


@given(st.text(st.sampled_from("a1:：*-_ \n#`{}[]\"'\\/.") | st.characters(exclude_categories=["Cs"])))
def test_no_letter_of_lines_is_lost(text: str) -> None:
    """Whatever comes; only JSON may leave out what is cut off."""
    told = "".join(name + value for name, value in read_fields(text))
    if not text.lstrip().startswith(("{", "[")) and "`" not in text:
        assert [c for c in told if c.isalpha()] == [c for c in text if c.isalpha()]
