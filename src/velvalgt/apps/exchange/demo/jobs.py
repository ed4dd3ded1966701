"""What the demo looks for: made-up vacancies and balances, and Amalie's CV and job log."""

from datetime import date, datetime
from importlib.resources import as_file, files

from velvalgt.apps.cases.services import CvLine, JobLine, write_cv, write_job_log
from velvalgt.apps.exchange.choices import FileKind
from velvalgt.apps.exchange.services import import_file
from velvalgt.apps.people.choices import CvKind, JobLogHow, JobLogState
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, User

SOURCE = "demo"
"""Who tells of it; the pages show it, so that nobody takes it for real."""

CV = (
    CvLine(CvKind.EDUCATION, "Kandidat i kommunikation", "Universitetet", 2021, 2026),
    CvLine(
        CvKind.JOB,
        "Studentermedhjælper",
        "Velby Festuge",
        2023,
        2025,
        "Jeg skrev til nettet og stod for 40 frivillige.",
    ),
    CvLine(CvKind.COURSE, "Regneark for øvede", "Velby Aftenskole", 2026, 2026),
    CvLine(CvKind.LANGUAGE, "Engelsk", words="Jeg taler og skriver det hver dag."),
)
JOB_LOG = (
    JobLine(
        "Skribent",
        "Velby Avis",
        JobLogState.NO,
        applied_on=date(2026, 11, 9),
        how=JobLogHow.EMAIL,
    ),
    JobLine(
        "Kommunikationsmedarbejder, 30 timer",
        "Velby Festuge",
        JobLogState.APPLIED,
        applied_on=date(2026, 11, 20),
        how=JobLogHow.ONLINE,
        url="https://example.org/velby/1",
    ),
)


def tell(tenant: Tenant, at: datetime) -> None:
    """Fill the labour market of the demo, and what Amalie has written about herself."""
    for kind in (FileKind.BALANCES, FileKind.VACANCIES):
        with as_file(files(__package__).joinpath(f"{kind}.csv")) as path:
            import_file(tenant=tenant, kind=kind, path=path, by=None, at=at, source=SOURCE)
    user = User.objects.get(identities__subject="amalie")
    amalie, today = Citizen.objects.get(user=user), tenant.working_day(at.date())
    for line in CV:
        write_cv(citizen=amalie, line=line, by=user, at=at)
    for job in JOB_LOG:
        write_job_log(citizen=amalie, line=job, today=today, by=user, at=at)
