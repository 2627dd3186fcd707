"""An editor's own account, without the picture: the site stores and serves no file that anyone uploads."""

from typing import Any

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class PlainAccountView(AccountView):
    """Name, theme and password."""

    def get_panels(self) -> list[Any]:
        """Every panel but the one that takes a picture."""
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]


account = require_admin_access(PlainAccountView.as_view())
