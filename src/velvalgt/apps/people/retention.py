"""How long what is known of people is kept."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import Kept

KEPT = (
    Kept(
        tables=("people_cventry", "people_joblogentry", "people_jobnetstate"),
        what=_("your CV and your job log"),
        until=_("The municipality decides, by its own rules."),
        source="Databeskyttelsesforordningen art. 5(1)(e)",
    ),
)
