"""The components of the pages say what they are given, to everybody's ears and eyes."""

from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from velvalgt.web.messages import PACKAGE

TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))


class Wish(forms.Form):
    """A form with one of each control."""

    name = forms.CharField(label="Name", help_text="As on your card")
    how = forms.ChoiceField(
        label="How", choices=[("phone", "Phone"), ("video", "Video")], widget=forms.RadioSelect
    )
    heard = forms.BooleanField(label="Heard")
    why = forms.CharField(label="Why", required=False, widget=forms.Textarea)


def rendered(source: str, language: str = "en", **context: object) -> str:
    """Render a piece of template as a page would."""
    template = engines["django"].from_string("{% load web %}" + source)
    with translation.override(language):
        return template.render(context, RequestFactory().get("/citizen/"))


def test_a_component_holds_the_content_it_is_put_around() -> None:
    page = rendered(
        '{% component "card" heading="Rights" %}<p>{{ word }}</p>{% endcomponent %}', word="You may"
    )

    assert "Rights" in page
    assert "<p>You may</p>" in page


def test_what_the_page_calls_text_does_not_leak_into_a_component() -> None:
    page = rendered('{% component "reason" %}because{% endcomponent %}', text="leaked")

    assert "why?" in page
    assert "leaked" not in page


def test_what_a_person_typed_is_never_markup() -> None:
    page = rendered('{% component "alert" text=typed %}{% endcomponent %}', typed="<script>")

    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("share", "words"), [(0.749, "74%"), (0.75, "75%"), (0.57, "57%"), (1.0, "100%")]
)
def test_a_share_is_never_rounded_past_its_limit(share: float, words: str) -> None:
    assert rendered("{{ share|percent }}", share=share) == words


def test_a_share_is_told_in_words_beside_its_bar() -> None:
    page = rendered(
        '{% component "share_bar" id="s" label="Samtaler" share=0.8126 min_share=0.75 %}'
        "{% endcomponent %}",
        "da",
    )

    assert '<rect class="v-share-done" x="0" y="10" width="813" height="40" />' in page
    assert "81 % er dækket. Loven kræver mindst 75 %." in page
    assert 'role="img"' in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("da", "torsdag den 26. november 2026"), ("en", "Thursday 26 November 2026")],
)
def test_a_day_is_written_as_one_says_it_and_exactly_for_machines(
    language: str, words: str
) -> None:
    page = rendered("{% exact_day on with_weekday=True %}", language, on=date(2026, 11, 26))

    assert page == f'<time datetime="2026-11-26">{words}</time>'


def test_the_error_summary_leads_to_each_field() -> None:
    page = rendered('{% include "web/components/error_summary.html" %}', form=Wish({}))

    assert 'href="#id_name"' in page
    assert 'href="#id_how"' in page
    assert 'href="#id_heard"' in page
    assert 'href="#id_why"' not in page


def test_a_form_without_errors_has_no_summary() -> None:
    form = Wish({"name": "Jørn", "how": "phone", "heard": "on"})

    assert rendered('{% include "web/components/error_summary.html" %}', form=form).strip() == ""


def test_a_control_is_tied_to_its_hint_and_its_error() -> None:
    page = rendered('{% include "web/components/field.html" with field=form.name %}', form=Wish({}))

    assert 'aria-describedby="id_name-hint id_name-error"' in page
    assert 'id="id_name-hint"' in page
    assert 'id="id_name-error"' in page


def test_what_may_be_left_empty_says_so() -> None:
    page = rendered(
        '{% include "web/components/field.html" with field=form.why %}', "da", form=Wish()
    )

    assert "(frivilligt)" in page


def test_a_choice_keeps_what_was_chosen() -> None:
    form = Wish({"how": "video"})

    page = rendered('{% include "web/components/field.html" with field=form.how %}', form=form)

    chosen = page.split('value="video"')[1].split(">")[0]
    assert "checked" in chosen
    assert "<legend" in page


def test_a_number_without_digits_is_no_link() -> None:
    page = rendered('{% include "web/components/phone.html" with number="ask at the desk" only %}')

    assert "tel:" not in page


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_no_template_carries_script_or_style_of_its_own(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert " style=" not in source
    assert "<style" not in source
    assert "<script>" not in source
    assert " onclick=" not in source
    assert "hx-on" not in source
