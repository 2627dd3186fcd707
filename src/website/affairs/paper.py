"""Paper: a page as PDF, made from its text alone. Nothing is fetched while it is made."""

from typing import NoReturn

from django.http import Http404


def printed(page: str) -> bytes:
    """`page`, which is whole and holds its own style, as PDF. Raises Http404 where the library is not installed."""
    try:
        from weasyprint import HTML  # noqa: PLC0415  Not every installation prints, and it needs Pango.
    except (ImportError, OSError) as error:
        raise Http404("this installation makes no PDF; the page itself prints") from error
    pdf: bytes = HTML(string=page, url_fetcher=_fetch_nothing).write_pdf()
    return pdf


def _fetch_nothing(url: str) -> NoReturn:
    raise ValueError(f"nothing is fetched for paper: {url[:80]}")
