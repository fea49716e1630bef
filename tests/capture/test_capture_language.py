"""What a capture shows and says, in another language: the hint is painted, so it is looked for among what is drawn."""

import pytest
from PySide6.QtGui import QImage

from desktop.capture.badge import Badge
from desktop.capture.capture import NO_LAST
from desktop.capture.picker import HINT
from desktop.capture.screens import NO_DISPLAY, WAYLAND, Camera
from desktop.capture.shot import pasted_shot
from desktop.errors import UserError
from desktop.language import tr
from tests.capture.conftest import Hand
from tests.untranslated import CLOSE, OPEN


def hints(hand: Hand) -> list[str]:
    """The words that are drawn over the frozen screens."""
    layers = (layer for overlay in hand.capture._picker._overlays for layer in overlay._layers)
    return [layer.text for layer in layers if isinstance(layer, Badge)]


def test_the_hint_is_painted_in_the_language_that_is_spoken(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where that was chosen after the overlays were made."""
    hand.show()
    assert hints(hand) == [HINT]
    english = hand.capture._picker._overlays[0].grab().toImage()
    hand.do("key Escape")
    hand.wait("cancelled")
    monkeypatch.setattr("desktop.language._texts", {HINT: "拖动以截图"})
    hand.show()
    assert hints(hand) == ["拖动以截图"]
    assert hand.capture._picker._overlays[0].grab().toImage() != english
    hand.do("key Escape")


@pytest.mark.usefixtures("foreign")
def test_what_went_wrong_is_said_in_the_language_that_is_spoken(hand: Hand) -> None:
    hand.capture.begin("text", last=True)
    assert hand.wait("failed")[1] == tr(NO_LAST) == f"{OPEN}{NO_LAST}{CLOSE}"
    assert OPEN in hand.capture._picker._overlays[0].windowTitle()


@pytest.mark.usefixtures("foreign")
def test_a_session_without_a_screen_says_so(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, sentence in (("WAYLAND_DISPLAY", WAYLAND), ("", NO_DISPLAY)):
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        if variable:
            monkeypatch.setenv(variable, "wayland-1")
        else:
            monkeypatch.delenv("DISPLAY")
        with pytest.raises(UserError) as refused:
            Camera().photograph()
        assert str(refused.value) == f"{OPEN}{sentence}{CLOSE}"


@pytest.mark.usefixtures("foreign")
def test_a_pasted_picture_is_named_for_people(hand: Hand) -> None:
    with pytest.raises(UserError, match=OPEN):
        pasted_shot(QImage(1, 1, QImage.Format.Format_RGB32))
    assert pasted_shot(QImage(9, 9, QImage.Format.Format_RGB32)).source == "pasted picture", "kept as everywhere"
