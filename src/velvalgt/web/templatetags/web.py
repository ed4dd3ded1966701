"""The words of the templates: components, icons, days and shares."""

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from velvalgt.web.charts import Bar, bars

register = template.Library()

SPRITE = "vendor/dkfds/img/all-svg-icons.svg"
CLASS_OF_CONTROL = {"select": "form-select", "files": "v-files"}


@register.simple_block_tag(takes_context=True)
def component(context: Context, content: str, name: str, /, **parameters: Any) -> SafeString:
    """Render a component of the design system around the content (docs/reference/components.md).

    It sees its own parameters, the request and the page's token; nothing else leaks in.
    """
    found = context.template.engine.get_template(f"web/components/{name}.html")  # type: ignore[union-attr]
    given = {each: context.get(each) for each in ("request", "csrf_token")}
    return found.render(context.new({**given, "body": content, **parameters}))


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw one of the design system's icons; it is decoration, so say the same in words."""
    return format_html(
        '<svg class="icon-svg {}" focusable="false" aria-hidden="true">'
        '<use href="{}#{}"></use></svg>',
        extra,
        static(SPRITE),
        name,
    )


@register.simple_tag
def navigation_of(role: str) -> list[str]:
    """Name the template with a role's links, and the one to use while the role has none."""
    return [f"{role}/navigation.html", "web/navigation.html"]


@register.simple_tag(takes_context=True)
def citizen_link(
    context: Context, area: str, to: str, text: str, within: str = ""
) -> SafeString | str:
    """Link to a page of the citizen's, for whoever may see that area; else nothing.

    Args:
        context: the page's.
        area: a word of `people.choices.Area`.
        to: the address's name.
        text: the words of the link, translated.
        within: the addresses where it is marked, too, each by its first word: "documents looks".
    """
    standing = getattr(context.get("request"), "standing", None)
    if standing is not None and area not in standing.sees:
        return ""
    return nav_link(context, to, text, within)


@register.simple_tag(takes_context=True)
def nav_link(context: Context, to: str, text: str, within: str = "") -> SafeString:
    """Link to a page from the menu, marked where one is.

    Args:
        context: the page's.
        to: the address's name.
        text: the words of the link, translated.
        within: the addresses where it is marked, too, each by its first word: "hours calendar".
    """
    found = context.template.engine.get_template("web/components/nav_link.html")  # type: ignore[union-attr]
    request = context.get("request")
    area = to.partition(":")[0]
    part = getattr(request, "path", "").partition(f"/{area}/")[2].partition("/")[0]
    more = {"request": request, "to": to, "text": text, "is_within": part in within.split()}
    return found.render(context.new(more))


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Give the languages of the pages, each by its own name for itself."""
    return list(settings.LANGUAGES)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Render a form's control with the design system's class, tied to its hint and error."""
    looks = CLASS_OF_CONTROL.get(field.widget_type, "form-input")
    attributes: dict[str, str | bool] = {"class": looks}
    if notes := _notes(field):
        attributes["aria-describedby"] = notes
    return field.as_widget(attrs=attributes)


@register.simple_tag
def described_by(field: BoundField) -> SafeString | str:
    """Tie what a component draws itself to the field's hint and error."""
    notes = _notes(field)
    return format_html('aria-describedby="{}"', notes) if notes else ""


def _notes(field: BoundField) -> str:
    key = field.id_for_label or field.auto_id
    parts = (("hint", field.help_text), ("error", field.errors))
    return " ".join(f"{key}-{part}" for part, is_there in parts if is_there)


@register.filter
def day(value: date | None) -> str:
    """Write a day, or a moment's day here, as one says it: "26. november 2026"."""
    return formats.date_format(_here(value), "DATE_FORMAT") if value else ""


def _here(value: date) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


@register.filter
def near_day(value: date | None) -> str:
    """Write a day that is not far away, without its year: "torsdag den 26. november"."""
    # Translators: a Django date format, such as "Thursday 26 November".
    return format_date(_here(value), pgettext("date format", "l j F")) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """Write the time of a moment here: "10.00"."""
    # Translators: a Django date format, such as "10:00".
    return _written_here(value, pgettext("date format", "G:i"))


@register.filter
def near_moment(value: datetime | None) -> str:
    """Write a moment that is not far away: "torsdag den 26. november kl. 10.00"."""
    # Translators: a Django date format, such as "Thursday 26 November at 10:00".
    return _written_here(value, pgettext("date format", "l j F \\a\\t G:i"))


def _written_here(value: datetime | None, pattern: str) -> str:
    return format_date(timezone.localtime(value), pattern) if value else ""


@register.filter
def day_before(value: date | None) -> date | None:
    """Give the last day of a period that ends before this day."""
    return value - timedelta(days=1) if value else None


@register.filter
def weekday(value: date | None) -> str:
    """Write a day with its weekday: "torsdag den 26. november 2026"."""
    # Translators: a Django date format, such as "Thursday 26 November 2026".
    return format_date(_here(value), pgettext("date format", "l j F Y")) if value else ""


@register.simple_tag
def exact_day(value: date, with_weekday: bool = False) -> SafeString:
    """Write a day in words, and exactly for machines."""
    words = weekday(value) if with_weekday else day(value)
    return format_html('<time datetime="{}">{}</time>', _here(value).isoformat(), words)


@register.filter
def percent(share: float | None) -> str:
    """Write a share as whole percent, rounded down so that none passes a limit by rounding."""
    if share is None:
        return ""
    whole = math.floor(round(100 * share, 6))
    return f"{whole} %" if get_language() == "da" else f"{whole}%"


@register.simple_tag
def week_bars(weeks: Sequence[Any], highest: int) -> list[tuple[Any, Bar]]:
    """Lay out a bar for each week: what is met, what is left over, and what is missing on top."""
    rows = [
        (
            ("met", week.needed - week.missing),
            ("spare", week.free - week.needed + week.missing),
            ("missing", week.missing),
        )
        for week in weeks
    ]
    return list(zip(weeks, bars(rows, highest), strict=True))


@register.filter
def permille(share: float | None) -> int:
    """Give a share from 0 to 1 as a whole number of thousandths, for drawing."""
    return round(1000 * min(max(share or 0.0, 0.0), 1.0))
