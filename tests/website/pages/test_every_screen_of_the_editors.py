"""Every screen that a menu, a table or a button of the editors leads to: none of them breaks."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.website.pages.conftest import days_ago, person, signed_in
from website.pages.models import NewsPage, TopicPage

# The menu is written as data for a script, so addresses stand in JSON as well as in links.
_ADDRESS = re.compile(r"""(?:href=|"url": ?|data-url=|action=)["'](/cms/[^"'#?]*)""")
_LEADS_OUT = re.compile(r"/logout/")


def administrator() -> User:
    return User.objects.create_superuser("the-administrator", password=None)


def walk(browser: Client, start: str = "/cms/") -> dict[str, int]:
    """Status of each address that can be reached from `start`; of those that differ in a key alone, the first met.

    Screens of pages differ by the page, so those are all visited.
    """
    browser.raise_request_exception = False
    found: dict[str, int] = {}
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        address = waiting.pop()
        screen = address if address.startswith("/cms/pages/") else re.sub(r"/\d+/", "/…/", address)
        if screen in seen:
            continue
        seen.add(screen)
        answer = browser.get(address)
        found[address] = answer.status_code
        if answer.status_code in (301, 302):
            waiting.append(answer.headers["Location"].partition("?")[0])
        elif "html" in answer.headers.get("Content-Type", "") and not answer.streaming:
            links = {unescape(link) for link in _ADDRESS.findall(unescape(answer.content.decode()))}
            waiting += [link for link in links if not _LEADS_OUT.search(link)]
        waiting = [one for one in waiting if one.startswith("/cms/")]
    return found


@pytest.mark.parametrize("role", ["administrator", "Editors", "Moderators"])
def test_no_screen_of_the_editors_breaks(publish: Callable[..., NewsPage], topic: TopicPage, role: str) -> None:
    publish("A hearing", day=days_ago(1), topics=(topic,))
    someone = administrator() if role == "administrator" else person("someone", role)

    found = walk(signed_in(someone))

    assert not {address: status for address, status in found.items() if status >= 500}
    assert found["/cms/"] == found["/cms/account/"] == 200
    assert found["/cms/pages/"] in (200, 302)  # Whoever may see one tree alone is led to it.
    if role == "administrator":
        reached = {address.split("/")[2] for address in found if address.count("/") > 2}
        assert {"pages", "redirects", "sites", "users", "groups", "workflows", "reports"} <= reached
