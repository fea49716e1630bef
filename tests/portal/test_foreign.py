"""In another language: what the portals refuse."""

from pathlib import Path

import pytest

from desktop.portal.errors import PortalError
from desktop.portal.portal import Portal
from tests.portal.desktop import PortalDesktop
from tests.portal.test_screenshot import take
from tests.untranslated import unmarked

pytestmark = pytest.mark.usefixtures("foreign")


def said_by(portal: Portal, wait_s: float = 5) -> str:
    """The refusal of a picture, without what was translated."""
    with pytest.raises(PortalError) as refused:
        take(portal, wait_s).result(60)
    return unmarked(str(refused.value))


@pytest.mark.parametrize("how", [{"deny": 1}, {"deny": 2}, {"silent": True}, {"picture": "/no/such.png"}])
def test_pictures(portals: PortalDesktop, portal: Portal, how: dict[str, object]) -> None:
    """Denied, failed, silent, and with a picture that is not there."""
    portals.do(**how)
    assert said_by(portal, 0.5) == ""


def test_no_portals(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A session without a bus."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    portal = Portal()
    assert said_by(portal) == ""
    portal.stop()
