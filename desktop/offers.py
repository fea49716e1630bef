"""Words inside sentences behind which a window offers a link; who says them and who looks for them translate alike."""

from desktop.language import tr_later

HERE = tr_later("let this computer answer")
SERVER_PAGE = tr_later("preferences (Server)")
SERVER_ASIDE = tr_later("(preferences, Server)")
