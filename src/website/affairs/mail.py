"""How digests leave this installation: the mail server, the sender and the site's address, read from the settings."""

from datetime import datetime

from django.conf import settings
from django.core.mail import get_connection

from website.affairs.actions.mailing import Outcome, send_digests


class MailNotSet(Exception):
    """A letter would leave without a sender, or with links that lead nowhere."""


def send_all(*, at: datetime) -> Outcome:
    """Send what is due. Raises MailNotSet; without a mail server letters are printed, and need neither."""
    leaves = "host" in settings.MAIL
    if leaves and not (settings.PUBLIC_ADDRESS and settings.MAIL_FROM):
        raise MailNotSet("set OBSERVATORY_ADDRESS and OBSERVATORY_MAIL_FROM: letters name both")
    return send_digests(
        at=at,
        mailer=get_connection(**settings.MAIL),
        address=settings.PUBLIC_ADDRESS or settings.WAGTAILADMIN_BASE_URL,
        sender=settings.MAIL_FROM or "desk@localhost",
    )
