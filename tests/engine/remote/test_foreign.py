"""In another language: what servers do wrong, and what is remarked beside their answers."""

from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backends.fail import Keyring

from desktop.engine.remote.address import read_address
from desktop.engine.remote.examine import look_at_servers
from desktop.engine.remote.keys import VARIABLE, find_key
from desktop.errors import UserError
from desktop.job import Job
from desktop.language import tr
from desktop.offers import HERE, SERVER_PAGE
from desktop.settings import Settings
from tests.engine.qwen.checkpoints import random_shot
from tests.engine.remote.asked import DESCRIBE, HASTY, SOON, ask, engine_for
from tests.engine.remote.openai_server import Fault, OpenAIServer
from tests.engine.remote.test_failures import REFUSALS, load_error
from tests.engine.sessions import RunningSession
from tests.untranslated import unmarked

pytestmark = pytest.mark.usefixtures("foreign")


@pytest.mark.parametrize("fault", [*(fault for fault, _said in REFUSALS.values()), *(Fault(503), Fault(413))])
def test_refusals(openai: OpenAIServer, fault: Fault) -> None:
    openai.faults = [fault] * 10
    with RunningSession(engine_for(openai, patience=HASTY if fault.hold else SOON)) as session:
        assert unmarked(ask(session).error) == ""


@pytest.mark.parametrize(("key", "wanted"), [("", ""), ("wrong", ""), ("schlüssel", ""), ("right", "7b")])
def test_loading(openai: OpenAIServer, monkeypatch: pytest.MonkeyPatch, key: str, wanted: str) -> None:
    openai.key = "right"
    monkeypatch.setenv(VARIABLE, key)
    assert unmarked(load_error(openai, server_model=wanted)) == ""


def test_a_server_away_offers_this_computer(openai: OpenAIServer) -> None:
    """The words that the panel looks for are inside the sentence as the panel says them."""
    sentence = load_error(servers=("http://127.0.0.1:1",))
    assert unmarked(sentence) == ""
    assert tr(HERE) in sentence
    openai.key = "right"
    assert tr(SERVER_PAGE) in load_error(openai)


REFUSED: dict[str, Callable[[], object]] = {
    "no address": engine_for,
    "nonsense": lambda: read_address("ftp://x"),
    "a login": lambda: read_address("https://me:secret@example.org"),
}


@pytest.fixture
def no_keyring() -> Iterator[None]:
    """A system without a keyring, whatever this one has."""
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("no_keyring")
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_entered(case: str) -> None:
    with pytest.raises(UserError) as refused:
        REFUSED[case]()
    assert unmarked(str(refused.value)) == ""


def test_a_system_without_a_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's own backend for such systems."""
    monkeypatch.setattr(keyring, "get_password", Keyring().get_password)  # type: ignore[no-untyped-call]
    with pytest.raises(UserError) as refused:
        find_key("keyring", read_address("localhost"))
    assert unmarked(str(refused.value)) == ""


def test_notes_and_details(openai: OpenAIServer) -> None:
    """A loop, a cut and a reduced picture; model and numbers stay as they are."""
    openai.answer = lambda _request: "It begins. " + "and on and so " * 4000
    told: list[str] = []
    with RunningSession(engine_for(openai, picture_limit="800x600")) as session:
        done = [ask(session, Job(random_shot(1400, 700), DESCRIBE))]
        openai.answer = lambda _request: "short"
        openai.faults = [Fault(finish="length")]
        done.append(ask(session))
        told = [status.note for status in session.statuses if status.note]
    assert done[0].reduced
    texts = [*told, *(text for update in done for text in (update.note, update.details, update.engine))]
    assert [text for text in texts if unmarked(text)] == []
    assert len(told) >= 1


def test_how_servers_are(openai: OpenAIServer) -> None:
    looked = [*look_at_servers(Settings(servers=(openai.address, "http://no.such.invalid", "ftp://x")))]
    assert [one.words for one in looked if unmarked(one.words)] == []
    assert [unmarked(one.warning) for one in looked if one.warning] == [""]
