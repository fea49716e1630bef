"""What keeps the engine of page previews off the network."""

from desktop.offline import is_offline, keep_offline


def test_flags_of_the_user_stay() -> None:
    environ = {"QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu"}
    assert not is_offline(environ)
    keep_offline(environ)
    keep_offline(environ)
    assert is_offline(environ)
    assert environ["QTWEBENGINE_CHROMIUM_FLAGS"].startswith("--disable-gpu --host-resolver-rules=")
    assert environ["QTWEBENGINE_CHROMIUM_FLAGS"].count("MAP") == 1


def test_other_rules_do_not_count() -> None:
    environ = {"QTWEBENGINE_CHROMIUM_FLAGS": '--host-resolver-rules="MAP * ~NOTFOUND" --host-resolver-rules="MAP a b"'}
    assert not is_offline(environ)
    keep_offline(environ)
    assert is_offline(environ)
