"""Answers rid of the talk around them, pages that can be drawn while they are written, text with its places."""

from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.answers import clean
from desktop.engine.html_page import VOID, close_tags, preview_page, read_page
from desktop.job import AnswerKind

CODE = "Here is how:\n\n```python\nprint(1)\n```\n\nand\n\n```sh\nls\n```\n"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Log in</title>
  <style>
    /* a < b */
    .card > p { color: #333; }
  </style>
  <script>if (1 < 2) { document.title = "</p>"; }</script>
</head>
<body>
  <!-- the form -->
  <form class="card"><p>Name<br><input type="text" placeholder="a > b" />
    <ul><li>One<li>Two &amp; three</ul>
    <img src="a.png" alt="A"><button disabled>Go</button>
  </form>
</body>
</html>"""
PAGES = {
    "plain": PAGE,
    "fenced": f"```html\n{PAGE}\n```",
    "chatty": f"Sure! Here's the page:\n\n```html\n{PAGE}\n```\n\nThis page uses:\n- `<form>`\n\nHope it helps.",
    "chinese": f"以下是代码：\n```html\n{PAGE}\n```\n说明：……",
    "no fence": f"Here is the HTML:\n{PAGE}\nLet me know.",
    "two blocks": f"```html\n{PAGE}\n```\n\n```js\nlet a = 1;\n```",
}


@pytest.mark.parametrize(
    "text", ["", " \n", CODE, "```\na\n```", "Sure! Here is the text:\n\nSure!", "以下是：\n  x ", "```md"]
)
def test_text_stays_as_it_is(text: str) -> None:
    assert clean(text, AnswerKind.TEXT) == text


@pytest.mark.parametrize(
    ("kind", "text", "cleaned"),
    [
        (AnswerKind.MARKDOWN, CODE, CODE),
        (AnswerKind.MARKDOWN, f"```markdown\n{CODE}```", CODE.removesuffix("\n")),
        (AnswerKind.MARKDOWN, f"```markdown\n{CODE}```\n", CODE.removesuffix("\n")),
        (AnswerKind.MARKDOWN, "```md\n# A\n\n```python\nx = 1", "# A\n\n```python\nx = 1"),
        (AnswerKind.MARKDOWN, "```md\n```python\nx = 1\n```\n", "```python\nx = 1\n```\n"),
        (AnswerKind.MARKDOWN, "```python\nx = 1\n```", "```python\nx = 1\n```"),
        (AnswerKind.MARKDOWN, "The following is shown:\n- a", "The following is shown:\n- a"),
        (AnswerKind.FORMULA, "$$\n\\frac{a}{b}\n$$", "\\frac{a}{b}"),
        (AnswerKind.FORMULA, "```latex\n\\[ E = mc^2 \\]\n```", "E = mc^2"),
        (AnswerKind.FORMULA, "The formula in the picture is:\n\n\\(a\\)", "a"),
        (AnswerKind.FORMULA, "$a$ and $b$", "$a$ and $b$"),
        (AnswerKind.FORMULA, "$$a", "a"),
        (AnswerKind.FORMULA, "$", "$"),
        (AnswerKind.FORMULA, "a_1 + b", "a_1 + b"),
        (AnswerKind.BOXES, 'Sure:\n```json\n[{"label": "a"}]\n```\nBye.', '[{"label": "a"}]'),
        (AnswerKind.BOXES, 'I found [2]: [{"label": "a"}, {"lab', '[{"label": "a"}'),
        (AnswerKind.BOXES, 'Here: {"boxes": []} as asked', '{"boxes": []}'),
        (AnswerKind.BOXES, "There are none.", "There are none."),
        (AnswerKind.TABLE, "Here is it:\n```html\n<table><tr></table>\n```", "<table><tr></table>"),
        (AnswerKind.TABLE, "The <table>a</table> and <table>b</table> end", "<table>a</table> and <table>b</table>"),
        (AnswerKind.TABLE, "Below is the table:\n\n| a |\n|---|\n\nLet me know.", "| a |\n|---|"),
        (AnswerKind.FIELDS, "```\na: 1\n```", "a: 1"),
        (AnswerKind.FIELDS, "a: 1\n\nLet me know\nb: 2", "a: 1\n\nLet me know\nb: 2"),
        (AnswerKind.FIELDS, "a: 1\nb: 2\n```\nx\n```", "a: 1\nb: 2\n```\nx\n```"),
        (AnswerKind.FIELDS, "~~~text\na: ```\n~~~", "a: ```"),
        (AnswerKind.FIELDS, "```\na: 1\n```\n\n```\nb: 2\n```", "a: 1\n\nb: 2"),
        (AnswerKind.FIELDS, "```\na: 1\n``", "a: 1"),
        (AnswerKind.FIELDS, "``", ""),
        (AnswerKind.HTML, "I cannot see a design.", "I cannot see a design."),
    ],
)
def test_talk_goes_where_it_is_talk(kind: AnswerKind, text: str, cleaned: str) -> None:
    assert clean(text, kind) == cleaned


@given(st.sampled_from(AnswerKind), st.text(st.sampled_from("`~\n<>{}[]$\\:a html") | st.characters()))
def test_nothing_written_fails(kind: AnswerKind, text: str) -> None:
    clean(text, kind)
    preview_page(text)


@pytest.mark.parametrize("form", PAGES)
def test_the_page_is_found(form: str) -> None:
    assert read_page(PAGES[form]) == clean(PAGES[form], AnswerKind.HTML) == preview_page(PAGES[form]) == PAGE


def open_tags(html: str) -> list[str]:
    """The names of the start tags of a page, which the parser takes to its end."""
    found: list[str] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, _attrs: object) -> None:
            found.append(tag)

    parser = Parser()
    parser.feed(html)
    assert parser.rawdata == ""
    return found


@pytest.mark.parametrize("form", PAGES)
def test_every_prefix_can_be_drawn(form: str) -> None:
    """Elements come one by one and are closed; nothing of the tag being written, and no fence, is seen."""
    text, before = PAGES[form], 0
    for end in range(len(text) + 1):
        page = preview_page(text[:end])
        tags = open_tags(page)
        assert len(tags) >= before
        assert "`" not in page
        assert close_tags(page) == page
        assert PAGE.startswith(read_page(text[:end]))
        before = len(tags)


@pytest.mark.parametrize(
    ("html", "closed"),
    [
        ("<div><p>one<p>tw", "<div><p>one<p>tw</p></div>"),
        ("<div><span class='a", "<div></div>"),
        ("<ul><li>a<li>b", "<ul><li>a<li>b</li></ul>"),
        ("<b><i>x</b>", "<b><i>x</b>"),
        ("</p>x", "</p>x"),
        ("<br><img src=a><hr/>", "<br><img src=a><hr/>"),
        ("<style>p { color: r", "<style>p { color: r</style>"),
        ("<style>p {}</sty", "<style>p {}</style>"),
        ("<script>if (a < b) {", "<script>if (a < b) {</script>"),
        ("<p>a<!-- half", "<p>a</p>"),
        ("<p>a &am", "<p>a &am</p>"),
        ("<p>5 <", "<p>5 </p>"),
        ("<p><![CDATA[x]]>y<b", "<p><![CDATA[x]]>y</p>"),
        ("<p>a<![CDA", "<p>a</p>"),
    ],
)
def test_what_is_open_is_closed(html: str, closed: str) -> None:
    assert close_tags(html) == closed


def test_a_fragment_becomes_a_page() -> None:
    page = read_page('Here is the card:\n```html\n<div class="card"><p>Hi</p>\n```\nBye.')
    assert page.startswith("<!DOCTYPE html>\n<html>")
    assert '<div class="card"><p>Hi</p></div>\n</body>' in page
    assert "Bye" not in page


def test_a_fragment_is_found_behind_any_talk() -> None:
    talk = "Sure!\n\nI use one `<div>`:\n\n"
    page = read_page(
        f"{talk}```html\n<div><p>Hi</p></div>\n```\n\n```css\np {{ color: red }}\n```\nThe **card** is wide."
    )
    assert "<body>\n<div><p>Hi</p></div>\n</body>" in page


@pytest.mark.parametrize(("head", "place"), [("<head><title>A</title></head>", "</head>"), ("", "</html>")])
def test_style_sheets_beside_a_page_are_put_into_it(head: str, place: str) -> None:
    """Before it or behind it, where it may be half written."""
    page = f"<html>{head}<body><p>Hi</p></body></html>"
    before, behind = "```css\np { color: red }\n```\n\n", "\n\nAnd `b.css`:\n\n```css\nb {\n  color: blue"
    style = "<style>\np { color: red }\n\nb {\n  color: blue\n</style>\n"
    assert read_page(f"{before}```html\n{page}\n```{behind}") == page.replace(place, f"{style}{place}")


def test_a_style_sheet_waits_for_its_place() -> None:
    """Until the head is whole it would stand in the middle of a tag."""
    assert read_page("```css\np { color: red }\n```\n\n```html\n<html><head><tit") == "<html><head><tit"


def test_a_page_has_plain_line_breaks() -> None:
    assert clean(PAGE.replace("\n", "\r\n"), AnswerKind.HTML) == PAGE


@given(
    st.lists(
        st.sampled_from(["<div", ">", "<p>", "</p>", "<style>", "</", "<![", "<!", "-->", "<?", "x", "&", '"', "\n```"])
    )
)
def test_no_markup_fails(parts: list[str]) -> None:
    text = "".join(parts)
    close_tags(text)
    preview_page(f"```html\n<html>{text}")


def test_void_elements_need_no_end() -> None:
    assert {"br", "img", "meta"} <= VOID


@pytest.mark.parametrize("piece", ["\n", " \n", "```\n", "`", "<", "<div>", '"', "[", "{", "|", ": ", "a: 1\n\n"])
def test_answers_in_a_loop_are_read_at_once(piece: str) -> None:
    """A model in a loop writes thousands of one thing; time must not grow with the square of it."""
    text = piece * (40_000 // len(piece))
    start = process_time()
    for kind in AnswerKind:
        clean(text, kind)
        clean(f"[{text}", kind)
    assert process_time() - start < 5  # of the processor alone, and a hundred times what it takes
