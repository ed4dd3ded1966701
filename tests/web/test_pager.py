"""The way to the pages before and after keeps what else the address says."""

from django.core.paginator import Paginator
from django.template.loader import render_to_string

PAGER = "web/components/pager.html"


def test_a_page_in_the_middle_leads_both_ways_and_keeps_the_rest() -> None:
    page = Paginator(range(70), 20).get_page(2)

    shown = render_to_string(PAGER, {"page": page, "query": "scope=mine&"})

    assert 'href="?scope=mine&amp;page=1">Tilbage' in shown
    assert "side 2 af 4" in shown
    assert 'href="?scope=mine&amp;page=3">Næste' in shown


def test_a_single_page_leads_nowhere() -> None:
    page = Paginator(range(7), 20).get_page(1)

    assert render_to_string(PAGER, {"page": page}).strip() == ""
