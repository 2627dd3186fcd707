"""The window: the one place where bytes enter from outside, politely asked for.

Statistical offices run on ordinary servers. They hang at publication hour, answer 429 to the hasty, cut an answer in
the middle, and move to another address. Whatever can pass by itself is tried again; whatever cannot is said in one
line. What the bytes mean is not judged here.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Self

import httpx
import stamina

from observatory import __version__
from observatory.archive.question import Question
from observatory.errors import RequestRefused
from observatory.harvest.addresses import check_address
from observatory.harvest.clock import Clock
from observatory.harvest.limits import Limits
from observatory.harvest.pace import Pace
from observatory.harvest.taking import Allowance, Answer, MayPass, Validators, take
from observatory.harvest.unpacking import CutShort
from observatory.harvest.watch import Watch

USER_AGENT = f"ImagingObservatory/{__version__} (open statistics on medical imaging; asks seldom, keeps what it gets)"
"""How we introduce ourselves; whoever runs an observatory adds a way to reach them."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Statuses that name another address."""

logging.getLogger("stamina").addHandler(logging.NullHandler())


class Window:
    """A conversation with providers, to be used as `with Window(…) as window`."""

    def __init__(
        self,
        *,
        limits: Limits,
        clock: Clock,
        watch: Watch,
        contact: str = "",
        proxy: str = "",
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`contact` is an address or a page added to our introduction; `transport` replaces the network in tests.

        The environment is not trusted: neither proxies nor passwords are taken from it, and `proxy` is named by whoever
        calls. Cookies are neither kept nor sent; certificates are checked. Raises RequestRefused for a contact
        that is not one line of plain text.
        """
        if not contact.isascii() or not contact.isprintable():
            raise RequestRefused("the contact is not one line of plain text", found=ascii(contact))
        self.limits = limits
        """Where the conversation stops."""
        self.requests = 0
        """How many requests have gone out."""
        self.pace = Pace(limits=limits, clock=clock)
        """The rates, for whoever knows of earlier requests."""
        self._clock = clock
        self._watch = watch
        self._client = httpx.Client(
            transport=transport or httpx.HTTPTransport(verify=True, trust_env=False, proxy=proxy or None),
            trust_env=False,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(limits.silence_s, connect=limits.connect_s),
            headers={"User-Agent": f"{USER_AGENT} {contact}".strip(), "Accept-Encoding": "gzip"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def ask(self, question: Question, *, address: str, dataset: str, known: Validators, max_bytes: int) -> Answer:
        """Ask for one page at `address`, again where a failure may pass, and take at most `max_bytes` of it.

        Raises SourceUnavailable when it does not pass, RequestRefused for an address or a size we do not take,
        SourceChanged for bytes that are not what their headers say.
        """
        allowance = Allowance(
            dataset=dataset,
            max_bytes=max_bytes,
            deadline=self._clock.now() + timedelta(seconds=self.limits.total_s),
            clock=self._clock,
            watch=self._watch,
        )
        for attempt in stamina.retry_context(
            on=lambda error: self._pause_s(error, allowance=allowance),
            attempts=self.limits.tries,
            timeout=self.limits.total_s,
            wait_initial=self.limits.first_pause_s,
            wait_max=self.limits.longest_pause_s,
            wait_jitter=self.limits.jitter_s,
        ):
            with attempt:
                return self._ask_once(question, address=address, known=known, allowance=allowance)
        raise AssertionError("stamina makes at least one attempt")

    def _pause_s(self, error: Exception, *, allowance: Allowance) -> bool | float:
        """Whether to try again: no, after the usual pause, or after so many seconds."""
        if not isinstance(error, MayPass):
            return False
        if error.after_s > min(self.limits.longest_pause_s, allowance.left_s):
            return False
        self._watch.pauses(allowance.dataset, seconds=error.after_s, why=error.problem)
        return error.after_s or True

    def _ask_once(self, question: Question, *, address: str, known: Validators, allowance: Allowance) -> Answer:
        """One try, with its redirects."""
        headers = {"Accept": question.accept}
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        url = check_address(address, hosts=question.hosts)
        for _ in range(self.limits.max_redirects + 1):
            self.pace.wait(url.host, kind=question.kind)
            with self._sent(url, headers=headers) as response:
                if response.status_code not in REDIRECTS:
                    return take(response, allowance=allowance)
                url = _redirected(url, response, hosts=question.hosts)
        raise RequestRefused(
            "the provider sends us from address to address",
            found=f"more than {self.limits.max_redirects} redirects, the last to {url}",
            remedy="Look at the address in a browser.",
        )

    @contextmanager
    def _sent(self, url: httpx.URL, *, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """The response to one request, its body not read yet. What goes wrong on the way is a failure that may pass."""
        self.requests += 1
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                yield response
        except (httpx.TransportError, CutShort) as error:
            story = str(error) or "the packed bytes end early"
            raise MayPass(f"no whole answer from {url.host} ({type(error).__name__}: {story})") from error


def _redirected(url: httpx.URL, response: httpx.Response, *, hosts: frozenset[str]) -> httpx.URL:
    """Where the provider sends us, if we may go there."""
    location = response.headers.get("Location", "")
    try:
        target = str(url.join(location))
    except httpx.InvalidURL:
        target = location
    return check_address(target, hosts=hosts)
