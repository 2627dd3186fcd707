"""Mark-up becomes plain text, whatever it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.proceedings.plain_text import MAX_LENGTH, plain_text, safe_address


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<script>alert(1)</script>x", "x"),
        ("a<style>p{}</style>b", "a b"),
        ("<p>one</p><p>two</p>", "one two"),
        ("bare < and &amp; and &nbsp;&eacute;", "bare < and & and é"),
        ("e\u0301 \x1b[31mred\u202e", "é [31mred"),
        ("<p>unclosed", "unclosed"),
        ("", ""),
    ],
)
def test_mark_up_is_dropped(markup, text):
    assert plain_text(markup) == text


@given(st.text())
def test_nothing_unprintable_passes(text):
    assert plain_text(text).isprintable()


def test_five_megabytes_are_cut():
    assert len(plain_text("word " * 1_000_000)) == MAX_LENGTH


@pytest.mark.parametrize("address", ["javascript:x", " java\nscript:x", "data:,x", "//[", "http://", "https://a:b@c/"])
def test_an_address_that_is_not_of_the_web_is_none(address):
    assert safe_address(address) == ""
