"""Nobody makes the harvest ask what it should not: not the catalogue, not a redirect, not an answer."""

import ssl
import subprocess
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from shutil import which
from threading import Thread

import httpx
import pytest

from observatory.archive.attempt import Outcome
from observatory.errors import RequestRefused
from observatory.harvest.addresses import check_address
from observatory.harvest.watch import Watch
from observatory.harvest.window import USER_AGENT, Window
from tests.harvest.conftest import ADDRESS, HOST, IMPATIENT, TestClock, dataset
from tests.simulator import faults

HOSTS = frozenset({HOST})


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://ec.europa.eu/data", "not encrypted"),
        ("ftp://ec.europa.eu/data", "not encrypted"),
        ("file:///etc/passwd", "not encrypted"),
        ("//ec.europa.eu/data", "not encrypted"),
        ("", "not encrypted"),
        ("https:///data", "not on the provider's list"),
        ("https://evil.example/data", "not on the provider's list"),
        ("https://ec.europa.eu.evil.example/data", "not on the provider's list"),
        ("https://evil-ec.europa.eu/data", "not on the provider's list"),
        ("https://ec.europa.eu./data", "not on the provider's list"),
        ("https://127.0.0.1/data", "not on the provider's list"),
        ("https://2130706433/data", "not on the provider's list"),
        ("https://[::1]/data", "not on the provider's list"),
        ("https://169.254.169.254/latest/meta-data", "not on the provider's list"),
        ("https://localhost/data", "not on the provider's list"),
        ("https://ec.europa.eu@evil.example/data", "a name or a password"),
        ("https://user:secret@ec.europa.eu/data", "a name or a password"),
        ("https://@ec.europa.eu/data", "a name or a password"),
        ("https://ec.europa.eu:8443/data", "the port is not the usual one"),
        ("https://ec.europa.eu:22/data", "the port is not the usual one"),
        ("https://ec.europa.eu:99999/data", "the port is not the usual one"),
        ("https://ec.europa.eu:port/data", "no address"),
        ("https://ec.europa.eu\\@evil.example/", "a character that has no place"),
        ("https://ec.europa.eu/a b", "a character that has no place"),
        ("https://ec.europa.eu/a\r\nX-Evil: yes", "a character that has no place"),
        ("https://ec.europa.eu/a\0", "a character that has no place"),
        ("https://ec.europa.eu/é", "a character that has no place"),
        ("https://еc.europa.eu/", "a character that has no place"),
        ("https://ec.europa.eu/" + "a" * 4000, "too long"),
    ],
)
def test_an_address_that_is_not_the_providers_is_refused(address, problem):
    with pytest.raises(RequestRefused, match=problem) as refusal:
        check_address(address, hosts=HOSTS)
    assert "\n" not in refusal.value.message
    assert "secret" not in refusal.value.message


@pytest.mark.parametrize(
    "address",
    [
        "https://ec.europa.eu/eurostat/api?format=TSV",
        "https://EC.europa.eu:443/x",
        "https://ec.europa.eu/a,DSD@DF,1.0/....A+B?x=%C3%A9&$skip=2#part",
    ],
)
def test_an_address_of_the_provider_is_asked(address):
    url = check_address(address, hosts=HOSTS)

    assert (url.scheme, url.host, url.fragment) == ("https", "ec.europa.eu", "")


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("https://elsewhere.example/data", "not on the provider's list"),
        ("//elsewhere.example/data", "not on the provider's list"),
        ("http://ec.europa.eu/data", "not encrypted"),
        ("https://127.0.0.1/", "not on the provider's list"),
        ("https://user@ec.europa.eu/", "a name or a password"),
        ("file:///etc/passwd", "not encrypted"),
        ("https://ec.europa.eu:99999/", "the port is not the usual one"),
    ],
)
def test_a_redirect_off_the_list_is_not_followed(bench, location, problem):
    bench.simulator.always = faults.redirects(location)

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.requests) == (Outcome.REFUSED, 1)
    assert problem in attempt.message


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_within_the_list_is_followed(bench, status):
    bench.simulator.faults.extend(
        [faults.redirects("/eurostat/moved/data/hlth_rs_spec?format=TSV", status=status), None]
    )

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.requests) == (Outcome.NEW, 2)
    assert bench.archive.list_good()[0].address == ADDRESS


def test_a_redirect_loop_ends(bench):
    bench.simulator.always = faults.redirects("/again")

    (attempt,) = bench.run()

    assert (attempt.outcome, attempt.requests) == (Outcome.REFUSED, 6)
    assert "from address to address" in attempt.message


def test_a_redirect_to_nonsense_is_no_answer(bench):
    bench.simulator.always = faults.redirects("https://ec.europa.eu:port/")

    (attempt,) = bench.run()

    assert (attempt.outcome, bench.archive.list_origins()) == (Outcome.UNAVAILABLE, [])


def test_a_redirect_without_an_address_is_no_loop_without_end(bench):
    bench.simulator.always = faults.says(302)

    assert bench.run()[0].outcome is Outcome.REFUSED


def test_an_address_off_the_list_is_never_asked(bench):
    (attempt,) = bench.run(dataset(addresses=["https://elsewhere.example/data"]))

    assert (attempt.outcome, bench.simulator.seen) == (Outcome.REFUSED, [])


def test_a_dataset_with_nothing_to_ask_is_refused(bench):
    (attempt,) = bench.run(dataset(addresses=[]))

    assert (attempt.outcome, attempt.address) == (Outcome.REFUSED, "")


def test_we_say_who_we_are_and_nothing_else(bench):
    bench.contact = "+https://observatory.example/contact"
    bench.run()
    bench.run()

    first, second = (seen.headers for seen in bench.simulator.seen)
    assert first["User-Agent"] == f"{USER_AGENT} +https://observatory.example/contact"
    assert first["Accept-Encoding"] == "gzip"
    assert set(first) == {"Host", "Accept", "Accept-Encoding", "Connection", "User-Agent"}
    assert set(second) - set(first) == {"If-None-Match", "If-Modified-Since"}


def test_passwords_and_proxies_of_the_environment_are_not_used(bench, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("default login somebody password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    (attempt,) = bench.run()

    assert attempt.outcome is Outcome.NEW
    assert "Authorization" not in bench.simulator.seen[0].headers


@pytest.mark.parametrize("contact", ["a\r\nX-Evil: yes", "a\nb", "café", "\0"])
def test_a_contact_cannot_bring_a_header_of_its_own(bench, contact):
    bench.contact = contact
    with pytest.raises(RequestRefused, match="one line of plain text"):
        bench.run()


@contextmanager
def somebody_else(folder):
    """A server with a certificate that nobody vouches for."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={HOST}"]
    subprocess.run(
        [*command, "-addext", f"subjectAltName=DNS:{HOST}", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class ToTheImpostor(httpx.BaseTransport):
    """The product's own transport, led to another machine as a forged name service would."""

    def __init__(self, below, port):
        self.below, self.port = below, port

    def handle_request(self, request):
        there = request.url.copy_with(host="127.0.0.1", port=self.port)
        extensions = {**request.extensions, "sni_hostname": HOST}
        return self.below.handle_request(httpx.Request("GET", there, headers=request.headers, extensions=extensions))

    def close(self):
        self.below.close()


@pytest.mark.skipif(which("openssl") is None, reason="openssl is needed to make a certificate")
def test_an_impostor_without_the_providers_certificate_is_not_believed(bench, tmp_path):
    product = Window(limits=IMPATIENT, clock=TestClock(), watch=Watch())
    with somebody_else(tmp_path) as port, product:
        bench.simulator.transport_below = ToTheImpostor(product._client._transport, port)

        (attempt,) = bench.run()

    assert attempt.outcome is Outcome.UNAVAILABLE
    assert "CERTIFICATE_VERIFY_FAILED" in attempt.message
