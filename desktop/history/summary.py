"""What a conversation is about, in one line for the list and in all its words for the search. Pure."""

import re
from datetime import datetime

from desktop.exports.markdown import to_words
from desktop.history.entry import one_line
from desktop.job import AnswerKind
from desktop.language import tr
from desktop.panel.conversation import Conversation, Exchange

LINE = 160
READ = 10 * LINE
"""How much of an answer in Markdown is parsed for its line; of a table or of links most are signs."""
_UNSEEN = re.compile(r"<(head|style|script)\b.*?(</\1\s*>|\Z)|<!--.*?(-->|\Z)|<[^>]*>", re.IGNORECASE | re.DOTALL)


def line_of(talk: Conversation) -> str:
    """The question that it began with, else the beginning of the first answer."""
    said = talk.exchanges[0]
    return one_line(said.question or _plain(said, talk.task.answer), LINE)


def words_of(talk: Conversation, created: datetime) -> str:
    """Everything that it can be found by: task, date, picture, questions and answers."""
    dates = f"{created:%Y-%m-%d %H:%M} {created:%d %B %Y} {created.year}年{created.month}月{created.day}日"
    said = [text for exchange in talk.exchanges for text in (exchange.question, exchange.answer)]
    title = talk.task.title
    return "\n".join(filter(None, [*dict.fromkeys((title, tr(title))), dates, talk.job.shot.source, *said]))


def _plain(said: Exchange, kind: AnswerKind) -> str:
    """An answer as people would say it: what was found, what a page shows, words without the signs that set them."""
    if kind is AnswerKind.BOXES and said.lines:
        return ", ".join(line.text for line in said.lines)
    if kind is AnswerKind.HTML:
        return _UNSEEN.sub(" ", said.answer) or said.answer
    if kind is AnswerKind.MARKDOWN:
        return to_words(said.answer[:READ])
    return said.answer
