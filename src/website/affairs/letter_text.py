"""A digest as a letter: plain text, one thing a line, links in full, and a way to have no more of them.

What titles say is hostile: a line of theirs must not look like one of ours.
"""

from datetime import date
from urllib.parse import quote

from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer

from website.affairs.watching import Digest, Raised

_STOPS = Signer(salt="affairs.digest.stop")


def compose(digest: Digest, person: User, *, on: date, address: str, sender: str, message_id: str) -> EmailMessage:
    """The letter; `address` is that of the site, without a slash at its end."""
    stop = f"{address}/affairs/digest/stop/{quote(stop_key(person), safe=':')}/"
    lines = [f"Digest of the affairs desk, {on.day} {on:%B %Y}", "", digest.summary, ""]
    for one in digest.raised:
        lines += _entry(one, address=address)
    lines += ["-- ", f"What you watch, and how often we write: {address}/affairs/mine/",
              f"No more of these letters, without logging in: {stop}", ""]  # fmt: skip
    count = len(digest.raised)
    news = "nothing changed" if not count else f"{count} thing{'' if count == 1 else 's'} new or changed"
    return EmailMessage(
        subject=f"Affairs digest, {on:%Y-%m-%d}: {news}",
        body="\n".join(lines),
        from_email=sender,
        to=[person.email],
        headers={
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def stop_key(person: User) -> str:
    """What in an address shows that it was sent to `person`. It ends their letters, and does nothing else."""
    return _STOPS.sign(str(person.pk))


def person_of(key: str) -> User | None:
    """Whose letters a key ends; None for a key that we did not make, or of an account that is gone."""
    try:
        return User.objects.filter(pk=int(_STOPS.unsign(key))).first()
    except (BadSignature, ValueError):
        return None


def plain_line(text: str) -> str:
    r"""Text on one line, without signs that nobody sees.

    >>> plain_line("Radiology\r\n-- \u202egoodbye")
    'Radiology -- goodbye'
    """
    return "".join(one for one in " ".join(text.split()) if one.isprintable())


def _entry(one: Raised, *, address: str) -> list[str]:
    link = f"{address}{one.href}" if one.href.startswith("/") else one.href
    told = [f"* {plain_line(one.what)}", f"  because you watch {plain_line(one.why)}"]
    return [*told, f"  {plain_line(link)}", ""] if link else [*told, ""]
