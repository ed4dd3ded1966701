"""Closed lists of people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Form(TextChoices):
    """How an interview may be held under the law (samtaleform)."""

    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("by phone")
    VIDEO = "video", _("by video")


class Rhythm(TextChoices):
    """How often a citizen would like to hear from us (rytme)."""

    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every second week")
    MONTHLY = "monthly", _("every month")
    ON_REQUEST = "on_request", _("when I ask for it")


class Ground(TextChoices):
    """On what ground somebody may see a citizen (grundlag)."""

    SELF = "self", _("it is their own case")
    CASE = "case", _("their unit has the case")
    OVERSIGHT = "oversight", _("the unit checks the law's observance")
    POWER = "power", _("they act for the citizen")


class Area(TextChoices):
    """A part of a citizen's pages; a power opens some of them (område)."""

    OVERVIEW = "overview", _("the next step and the dates")
    RIGHTS = "rights", _("rights and duties")
    MEETINGS = "meetings", _("meetings")
    PREPARATION = "preparation", _("the preparation")
    PLAN = "plan", _("the plan")
    OFFERS = "offers", _("offers and applications")
    CASE = "case", _("the case and its documents")
    MESSAGES = "messages", _("messages")
    MONEY = "money", _("money")
    JOBS = "jobs", _("CV, job log and vacancies")
    DATA = "data", _("data, consent and who has looked")


class Payer(TextChoices):
    """Who pays a benefit (udbetaler)."""

    A_KASSE = "a_kasse", _("your unemployment-insurance fund")
    MUNICIPALITY = "municipality", _("the municipality")
    UDBETALING_DANMARK = "udbetaling_danmark", _("Udbetaling Danmark")
    EMPLOYER = "employer", _("your employer")
    UNKNOWN = "unknown", _("we do not know who")


class ContactField(TextChoices):
    """By what a citizen can be reached (kontaktoplysninger)."""

    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")


class Fact(TextChoices):
    """What is known of a citizen, as they would call it (oplysning)."""

    NAME = "name", _("name")
    BORN = "born", _("born")
    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    ADDRESS = "address", _("address")
    A_KASSE = "a_kasse", _("unemployment-insurance fund")
    SPELL = "spell", _("time on benefit")
    WORK = "work", _("job")
    PAYMENT = "payment", _("payment")
    WISH = "wish", _("wish for contact")
    CASE = "case", _("team and caseworker")
    OTHER = "other", _("something else")


class Outcome(TextChoices):
    """What came of a request to correct a fact (svar på berigtigelse)."""

    CORRECTED = "corrected", _("corrected")
    PASSED_ON = "passed_on", _("passed on to the source")
    REFUSED = "refused", _("not corrected")


class Choice(TextChoices):
    """What a citizen may say yes to, and need not (samtykke)."""

    CV_TO_COMPANIES = "cv_to_companies", _("show my CV to companies")
    COMPANY_CONTACT = "company_contact", _("be contacted by companies")
    SURVEYS = "surveys", _("be asked what I think")
    OBTAIN = "obtain", _("fetch information elsewhere")
    SHARE = "share", _("pass on information")

    @property
    def is_free(self) -> bool:
        """Whether nothing in the case hangs on it; the others are consents in the case."""
        return self not in {Choice.OBTAIN, Choice.SHARE}


class PowerKind(TextChoices):
    """By what right somebody stands in for a citizen (fuldmagt, repræsentation)."""

    COMPANION = "companion", _("companion")
    PARTY_REPRESENTATIVE = "party_representative", _("party representative")
    DIGITAL = "digital", _("Digital Fuldmagt")
    GUARDIAN_PERSONAL = "guardian_personal", _("guardian in personal matters")
    GUARDIAN_ECONOMIC = "guardian_economic", _("guardian in money matters")
    MANDATE_PERSONAL = "mandate_personal", _("future mandate in personal matters")
    MANDATE_ECONOMIC = "mandate_economic", _("future mandate in money matters")
    CUSTODY = "custody", _("custody of somebody under 18")


class CvKind(TextChoices):
    """What a line of a CV is about, in the order a CV is read."""

    JOB = "job", _("job")
    EDUCATION = "education", _("education")
    COURSE = "course", _("course")
    SKILL = "skill", _("what I can do")
    LANGUAGE = "language", _("language")
    LICENCE = "licence", _("driving licence")
    OTHER = "other", _("other")


class JobLogState(TextChoices):
    """How a job that a citizen looks at stands, by the citizen's own word."""

    WANTED = "wanted", _("I want to apply")
    APPLIED = "applied", _("I have applied")
    INTERVIEW = "interview", _("I am asked to a talk")
    NO = "no", _("It was a no")
    GOT_IT = "got_it", _("I got the job")


class JobLogHow(TextChoices):
    """How a citizen applied for a job."""

    ONLINE = "online", _("on the company's page")
    EMAIL = "email", _("by e-mail")
    PHONE = "phone", _("by phone")
    VISIT = "visit", _("I went there")
    OTHER = "other", _("in another way")


class AtJobnet(TextChoices):
    """What of a citizen's stands at Jobnet, too."""

    CV = "cv", _("CV")
    JOB_LOG = "job_log", _("job log")
