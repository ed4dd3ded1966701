"""How long what is known of citizens is kept."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import AS_LONG_AS_THE_CASE, NOT_LONGER_THAN_NEEDED, Kept

KEPT = (
    Kept(
        (
            "people_citizen",
            "people_residence",
            "people_spell",
            "people_work",
            "people_payment",
            "people_contactwish",
            "people_contactdetail",
            "people_factversion",
        ),
        _("who you are, where you live, your benefit, your work and how to reach you"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("people_correction", "people_correctionanswer"),
        _("what you have asked to have corrected, and our answer"),
        _("as long as what it is about"),
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("people_consent", "people_consentwithdrawal"),
        _("what you have said yes to, and when you took it back"),
        _("as long as somebody may ask for proof of it; the municipality decides"),
        "Databeskyttelsesforordningen art. 5(1)(e), 7(1)",
    ),
    Kept(
        ("people_cvshare", "people_cvshareitem", "people_cvshareend"),
        _("what you have shown to companies"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        (
            "people_power",
            "people_powerholder",
            "people_powerend",
            "people_powercode",
            "people_access",
        ),
        _("who may see your case or act for you, and who could before"),
        _("as long as your case, so that you can see who could see it"),
        "Databeskyttelsesforordningen art. 5(1)(e), 5(2)",
    ),
    Kept(
        ("people_cventry", "people_joblogentry", "people_jobnetstate"),
        _("your CV and your job log"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
)
