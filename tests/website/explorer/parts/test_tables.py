"""What a reader must know of a cell of a table is seen in it, and explained below."""

import re

from django.test import Client

TABLE = "/indicators/mri-units-per-million/?areas=FIN,DEU,AUS&providers=oecd,who&view=table"


def cell(text: str, *, period: str, value: str) -> str:
    """The cell of one row that holds a value."""
    row = text[text.index(f'<tr id="p-{period}">') :].partition("</tr>")[0]
    cells: list[str] = re.findall(r"<td.*?</td>", row)
    return next(one for one in cells if f">{value}</a>" in one)


def test_why_a_figure_does_not_compare_is_seen_in_the_cell_and_explained_below(site: Client) -> None:
    text = site.get(TABLE).content.decode()

    sign = re.search(
        r'title="public sector only" aria-hidden="true">(.)</abbr>', cell(text, period="2019", value="15.9")
    )
    assert sign is not None
    assert f"<dt>{sign[1]}</dt><dd>Public sector only.</dd>" in text


def test_each_reason_has_a_sign_of_its_own(site: Client) -> None:
    text = site.get(TABLE).content.decode()

    signs = re.findall(r"<dt>([†‡§¶]+)</dt><dd>(.*?)</dd>", text)
    assert len(signs) > 1
    assert len({sign for sign, _ in signs}) == len({reason for _, reason in signs}) == len(signs)


def test_a_reason_that_a_flag_says_already_gets_no_sign(site: Client) -> None:
    text = site.get("/indicators/ct-scanners/?areas=DEU&view=table").content.decode()

    assert 'data-flag="definition_differs">def.</abbr>' in text
    assert not set("†‡§¶") & set(text)


def test_a_row_that_the_source_lacks_is_seen_as_such(site: Client) -> None:
    text = site.get(TABLE).content.decode()

    assert '<td class="figure absent">–<span class="unseen"> no row in the source</span></td>' in text
    assert "<dt>–</dt><dd>No row in the source.</dd>" in text
