"""What people send is read from few addresses, and never by all threads at once."""

import io
import threading
from typing import Any

import pytest
from django.test import override_settings

from website.config.bodies import AT_ONCE, LONGEST, LONGEST_FILE, LONGEST_PAGE, NotRead, most, take_body


class Slow(io.BytesIO):
    """A body that does not come before it is let go."""

    def __init__(self) -> None:
        super().__init__(b"place=/")
        self.let_go = threading.Event()

    def read(self, size: int | None = -1) -> bytes:
        self.let_go.wait(20)
        return super().read(size)


def environ(body: io.BytesIO, *, method: str = "POST", path: str = "/report/", length: str = "7") -> dict[str, Any]:
    return {"REQUEST_METHOD": method, "PATH_INFO": path, "CONTENT_LENGTH": length, "wsgi.input": body}


def send_again_and_again() -> None:
    while True:
        take_body(environ(io.BytesIO(b"place=/")))


def test_a_form_is_read() -> None:
    asked = environ(io.BytesIO(b"place=/"))
    take_body(asked)

    assert asked["wsgi.input"].read() == b"place=/"


@pytest.mark.parametrize(("method", "path"), [("POST", "/"), ("PUT", "/report/"), ("GET", "/report/")])
def test_where_nobody_listens_nothing_is_read(method: str, path: str) -> None:
    body = Slow()
    asked = environ(body, method=method, path=path)
    take_body(asked)

    assert (asked["wsgi.input"].read(), asked["CONTENT_LENGTH"], body.tell()) == (b"", "0", 0)


@pytest.mark.parametrize(
    ("path", "bytes_taken"),
    [
        ("/report/", LONGEST),
        ("/affairs/digest/stop/1:key/", LONGEST),
        ("/login/", LONGEST),
        ("/admin/x/", LONGEST),
        ("/cms/pages/3/edit/", LONGEST_PAGE),
        ("/affairs/desk/consultations/1/", LONGEST_FILE),
        ("/affairs/mine/", LONGEST),
        ("/", 0),
    ],
)
def test_each_address_takes_no_more_than_it_needs(path: str, bytes_taken: int) -> None:
    assert most(path) == bytes_taken


@override_settings(ADMIN=False)
@pytest.mark.parametrize("path", ["/login/", "/admin/x/", "/cms/pages/3/edit/", "/affairs/positions/1/"])
def test_nothing_is_taken_for_a_room_that_is_closed(path: str) -> None:
    assert most(path) == 0


@pytest.mark.parametrize(
    ("length", "status"), [("", 411), ("-1", 411), ("1e3", 411), (str(LONGEST + 1), 413), ("9" * 30, 413), ("8", 400)]
)
def test_a_body_of_the_wrong_length_is_refused(length: str, status: int) -> None:
    with pytest.raises(NotRead) as refused:
        take_body(environ(io.BytesIO(b"place=/"), length=length))

    assert int(refused.value.status[:3]) == status


def test_slow_bodies_hold_only_some_of_the_threads() -> None:
    bodies = [Slow() for _ in range(AT_ONCE)]
    readers = [threading.Thread(target=take_body, args=(environ(body),)) for body in bodies]
    for reader in readers:
        reader.start()
    try:
        with pytest.raises(NotRead, match="send it again"):
            send_again_and_again()
    finally:
        for body in bodies:
            body.let_go.set()
        for reader in readers:
            reader.join()

    take_body(environ(io.BytesIO(b"place=/")))
