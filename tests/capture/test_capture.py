"""The overlay under a real mouse and real keys."""

import time

import psutil
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from Xlib import X
from Xlib.display import Display

from desktop.capture.capture import NO_LAST, Capture
from desktop.job import Box, Shot
from tests.capture.backdrop import expected_rgb
from tests.capture.conftest import Hand
from tests.xserver import XServer

WHOLE = Box(0, 0, 1920, 1080)


def assert_shows(shot: Shot, region: Box) -> None:
    assert shot.region == region
    assert (shot.width, shot.height, shot.scale) == (region.width, region.height, 1.0)
    assert shot.rgb == expected_rgb(region)


def overlays(server: XServer) -> list[str]:
    """The windows that cover the screen and are shown, as X numbers them."""
    tree = [line.split() for line in server.run("xwininfo", "-root", "-tree").splitlines()]
    windows = [words[0] for words in tree if words and words[0].startswith("0x") and "1920x1080+0+0" in words]
    return [window for window in windows if "IsViewable" in server.run("xwininfo", "-id", window)]


def test_releasing_the_mouse_accepts(hand: Hand, backdrop: XServer) -> None:
    hand.show("describe")
    hand.drag(700, 500, 100, 201)
    assert_shows(hand.taken(), Box(100, 201, 700, 500))
    assert hand.said[-1][2] == "describe"
    assert not hand.capture.busy
    assert overlays(backdrop) == []


def test_ctrl_leaves_it_to_handles_arrows_and_enter(hand: Hand) -> None:
    hand.show()
    hand.do("mousemove 300 300", "mousedown 1", "mousemove 600 500", "keydown Control_L", "mouseup 1")
    hand.do("keyup Control_L")
    assert [words[0] for words in hand.said] == ["shown"]
    hand.drag(400, 400, 410, 405)
    hand.drag(610, 505, 660, 555)
    hand.do("key Left", "key shift+Down", "key ctrl+Right", "key Return")
    assert_shows(hand.taken(), Box(309, 315, 660, 565))


def test_keep_selection_waits_without_ctrl_and_a_new_drag_starts_over(hand: Hand) -> None:
    hand.capture.set_keep_selection(True)
    hand.show()
    hand.drag(300, 300, 600, 500)
    hand.drag(1000, 600, 1100, 650)
    hand.do("key KP_Enter")
    assert_shows(hand.taken(), Box(1000, 600, 1100, 650))


def kept(hand: Hand) -> list[Shot]:
    """The Shots that were said to be kept, one after another."""
    return [words[1] for words in hand.said if words[0] == "kept"]


def test_a_kept_region_is_told_at_each_release_and_taken_as_it_was(hand: Hand) -> None:
    hand.capture.set_tell_kept(True)
    hand.show()
    hand.do("mousemove 300 300", "mousedown 1", "mousemove 600 500", "keydown Control_L")
    assert kept(hand) == []
    hand.do("mouseup 1", "keyup Control_L")
    (first,) = kept(hand)
    assert_shows(first, Box(300, 300, 600, 500))
    hand.do("key Left", "key Right", "mousemove 1000 700", "click 1")
    assert kept(hand) == [first, first]
    assert kept(hand)[1] is first
    hand.drag(400, 400, 410, 405)
    assert_shows(kept(hand)[2], Box(310, 305, 610, 505))
    hand.do("key Return")
    assert hand.taken() is kept(hand)[2]
    assert [words[0] for words in hand.said] == ["shown", "kept", "kept", "kept", "taken"]


def test_arrows_after_the_release_are_taken_and_not_told(hand: Hand) -> None:
    hand.capture.set_tell_kept(True)
    hand.capture.set_keep_selection(True)
    hand.show()
    hand.drag(300, 300, 600, 500)
    hand.do("key Left", "key ctrl+Down", "key Return")
    assert_shows(hand.taken(), Box(299, 300, 599, 501))
    assert [words[0] for words in hand.said] == ["shown", "kept", "taken"]


def test_what_is_taken_at_once_is_not_told_before(hand: Hand) -> None:
    hand.capture.set_tell_kept(True)
    hand.show()
    hand.do("click 1")
    hand.drag(300, 300, 600, 500)
    hand.taken()
    assert [words[0] for words in hand.said] == ["shown", "taken"]


@pytest.mark.parametrize("end", ["cancelled", "failed"])
def test_what_was_kept_is_given_up_where_nothing_is_taken(hand: Hand, qapp: QApplication, end: str) -> None:
    """And only that: a capture that told of no picture gives none up."""
    hand.capture.set_tell_kept(True)
    hand.capture.set_keep_selection(True)

    def fail_or_cancel() -> None:
        if end == "cancelled":
            hand.capture.cancel()
        else:
            qapp.screenRemoved.emit(qapp.primaryScreen())

    hand.show()
    fail_or_cancel()
    assert [words[0] for words in hand.said] == ["shown", end]
    hand.show()
    hand.drag(300, 300, 600, 500)
    fail_or_cancel()
    assert [words[0] for words in hand.said] == ["shown", "kept", "given_up", end]
    assert hand.said[2][1] is kept(hand)[0]


@pytest.mark.parametrize("step", ["key Escape", "click 3", "key ctrl+alt+Escape"])
def test_esc_and_right_click_cancel_and_leave_no_window(hand: Hand, backdrop: XServer, step: str) -> None:
    hand.show()
    assert len(overlays(backdrop)) == 1
    hand.do(step)
    hand.wait("cancelled")
    assert overlays(backdrop) == []
    assert not hand.capture.busy


def test_esc_cancels_in_the_middle_of_a_drag(hand: Hand) -> None:
    hand.show()
    hand.do("mousemove 300 300", "mousedown 1", "mousemove 600 500", "key Escape")
    hand.wait("cancelled")
    hand.do("mouseup 1")
    assert [words[0] for words in hand.said] == ["shown", "cancelled"]


@pytest.mark.parametrize("step", ["key space", "click --repeat 2 --delay 30 1"])
def test_space_and_double_click_take_the_whole_screen(hand: Hand, backdrop: XServer, step: str) -> None:
    usual_ms = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(5000)  # on busy cores the second click may be late
    hand.show()
    hand.do(step)
    shot = hand.taken()
    QApplication.setDoubleClickInterval(usual_ms)
    assert shot.region == WHOLE
    assert shot.rgb[: 1920 * 3 * 900] == expected_rgb(WHOLE._replace(bottom=900))
    assert [words[0] for words in hand.said] == ["shown", "taken"]


def test_a_click_selects_nothing_and_the_overlay_stays(hand: Hand) -> None:
    hand.show()
    hand.do("click 1", "key Return", "key Left")
    assert [words[0] for words in hand.said] == ["shown"]
    assert hand.capture.busy
    hand.drag(10, 10, 60, 60)
    assert_shows(hand.taken(), Box(10, 10, 60, 60))


def test_r_and_last_capture_the_region_again(hand: Hand) -> None:
    hand.capture.begin("text", last=True)
    assert hand.said == [("failed", NO_LAST)]
    hand.show()
    hand.do("key r")
    assert hand.capture.busy
    hand.drag(50, 60, 250, 260)
    hand.taken()
    hand.show()
    hand.do("key r")
    assert_shows(hand.taken(), Box(50, 60, 250, 260))
    hand.said.clear()
    hand.capture.begin("code", last=True)
    assert_shows(hand.taken(), Box(50, 60, 250, 260))
    assert [words[0] for words in hand.said] == ["taken"]


def test_a_second_begin_only_switches_the_task(hand: Hand, backdrop: XServer) -> None:
    hand.show("text")
    hand.capture.begin("text")
    hand.capture.begin("describe", last=True)
    assert len(overlays(backdrop)) == 1
    hand.drag(10, 10, 60, 60)
    hand.taken()
    assert [words[0] for words in hand.said] == ["shown", "taken"]
    assert hand.said[-1][2] == "describe"


def test_a_delayed_capture_waits_and_can_be_cancelled(hand: Hand, qtbot: QtBot) -> None:
    begun = time.monotonic()
    hand.capture.begin("text", delay_s=0.2)
    hand.capture.begin("code")
    hand.wait("shown")
    assert time.monotonic() - begun > 0.18  # a timer of Qt may be early by a twentieth
    hand.do("key Escape")
    hand.wait("cancelled")
    hand.said.clear()
    hand.capture.begin("text", delay_s=0.1)
    hand.capture.cancel()
    qtbot.wait(200)
    assert hand.said == [("cancelled",)]


def test_the_keyboard_comes_although_another_program_holds_it(hand: Hand, qtbot: QtBot, xserver: XServer) -> None:
    other = Display(xserver.display)
    status = other.screen().root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
    assert status == X.GrabSuccess
    hand.show()
    qtbot.wait(150)
    other.ungrab_keyboard(X.CurrentTime)
    other.sync()
    qtbot.waitUntil(xserver.keyboard_is_held)
    hand.do("key Escape")
    hand.wait("cancelled")
    other.close()


def test_a_dead_screen_fails_with_a_sentence(qtbot: QtBot) -> None:
    with XServer("1920x1080", bare=True) as server:
        capture = Capture(display=server.display)
        capture.warm_up()
        server.kill()
        with qtbot.waitSignal(capture.failed) as heard:
            capture.begin("text")
    assert heard.args is not None
    assert "photographed" in heard.args[0]
    assert not capture.busy
    capture.warm_up()
    capture.close()


def test_captures_in_a_row_keep_the_memory(hand: Hand, qtbot: QtBot) -> None:
    process = psutil.Process()

    def growth(count: int) -> int:
        before = process.memory_info().rss
        for _ in range(count):
            hand.show()
            hand.capture.cancel()
            qtbot.wait(1)
        qtbot.wait(50)
        return int(process.memory_info().rss) - before

    growth(8)
    assert any(growth(25) < 5_000_000 for _round in range(4)), "a leak grows every time"
