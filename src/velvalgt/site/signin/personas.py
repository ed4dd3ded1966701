"""The personas of the demo: a chooser without proof, impossible with production settings."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.duties.queries import lead_ledger
from velvalgt.apps.staff.models import Tenant
from velvalgt.apps.staff.queries import user_known_as
from velvalgt.site.signin.adapter import NotVouched, Vouched

ISSUER = "demo"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to sign in as (persona).

    One aside stands below the others, one elsewhere in the demo's small municipality.
    """

    subject: str
    name: str
    label: object
    is_aside: bool = False
    is_elsewhere: bool = False


PERSONAS: Sequence[Persona] = (
    Persona("amalie", "Amalie", _("graduate, finds work herself")),
    Persona("joern", "Jørn", _("has been stuck before")),
    Persona("tine", "Tine", _("caseworker")),
    Persona("mette", "Mette", _("jurist")),
    Persona("karin", "Karin", _("leads the job centre")),
    Persona("ib", "Ib", _("runs the system")),
    Persona("lone", "Lone", _("a second jurist, confirms what Mette records"), is_aside=True),
    Persona("grethe", "Grethe", _("Jørn's sister, acts for him"), is_aside=True),
    Persona("else", "Else", _("caseworker in Lilleby"), is_elsewhere=True),
    Persona("viggo", "Viggo", _("leads the job centre in Lilleby"), is_elsewhere=True),
    Persona("rita", "Rita", _("jurist in Lilleby"), is_elsewhere=True),
)


class Personas:
    """Lets anybody be anybody, in a municipality where nobody is real."""

    def __init__(self) -> None:
        if settings.IS_PRODUCTION:
            raise ImproperlyConfigured("Personas cannot exist in production.")

    def welcome(self, request: HttpRequest) -> HttpResponse:
        """Tell the story in one picture, with the ledger's own figure, and offer the personas."""
        known = user_known_as(ISSUER, PERSONAS[0].subject)
        ledger = None
        if known is not None:
            with acting(known.tenant_id, SYSTEM, Purpose.SIGN_IN):
                ledger = lead_ledger(Tenant.objects.get(pk=known.tenant_id))
        shown = PERSONAS if known else ()
        context = {
            "personas": [each for each in shown if not each.is_elsewhere],
            "elsewhere": [each for each in shown if each.is_elsewhere and _is_here(each)],
            "ledger": ledger,
        }
        return render(request, "site/welcome.html", context)

    def vouch(self, request: HttpRequest) -> Vouched:
        """Take the persona that was clicked.

        Raises:
            NotVouched: it is none of the personas.
        """
        chosen = request.POST.get("persona", "")
        if chosen not in {persona.subject for persona in PERSONAS}:
            raise NotVouched(chosen)
        return Vouched(ISSUER, chosen)


def _is_here(persona: Persona) -> bool:
    """Whether the demo that was built has the persona; an older one may not."""
    return user_known_as(ISSUER, persona.subject) is not None
