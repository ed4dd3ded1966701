"""The demo's plans: Jørn has two steps with Tine, Amalie steers herself until February."""

from datetime import date, datetime, timedelta

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import Owner, Side
from velvalgt.apps.cases.models import PlanChange
from velvalgt.apps.cases.queries import plan_of, preparation_of
from velvalgt.apps.cases.services import Hand, NewGoal, NewStep, Terms
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.people.services import Wish
from velvalgt.apps.staff.models import Tenant, User

ISSUER = "demo"
JOERN_SAYS = {
    "work_wanted": "Noget med hænderne, helst på et lille værksted.",
    "good_at": "At få gamle ting til at virke igen. At møde til tiden.",
    "in_the_way": "Ryggen. Den kan ikke løfte en hel dag.",
    "care": "Jeg skal kunne sidde og stå på skift og ikke løfte tungt.",
}


def tell(tenant: Tenant, at: datetime) -> None:
    """Let Jørn and Amalie prepare, and agree on their plans with Tine, as the worker."""
    with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
        today = tenant.working_day(at.date())
        tine = User.objects.get(tenant=tenant, initials="TINE")
        theirs = Hand(Side.MUNICIPALITY, tine, at + timedelta(minutes=5), today)
        for subject, told in (("joern", _joern), ("amalie", _amalie)):
            user = User.objects.get(identities__issuer=ISSUER, identities__subject=subject)
            citizen = Citizen.objects.get(user=user)
            told(citizen, Hand(Side.CITIZEN, user, at, today), theirs)


def _joern(citizen: Citizen, own: Hand, tines: Hand) -> None:
    for step in preparation_of(citizen).steps:
        said = {q.key: JOERN_SAYS[q.key] for q in step.step.questions if q.key in JOERN_SAYS}
        if said:
            services.answer(
                citizen=citizen,
                asked=step.step.questions,
                given=said,
                skips_rest=False,
                side=own.side,
                by=own.by,
                at=own.at,
            )
    services.choose_contact(
        citizen=citizen,
        wish=Wish(form="in_person", rhythm="weekly", wants_companion=True),
        by=own.by,
        at=own.at,
    )
    goal = services.add_goal(
        citizen=citizen,
        goal=NewGoal("Et arbejde, som ryggen kan holde til", "Jeg vil hjem med kræfter tilbage."),
        first=NewStep(
            "Tal med Tine om steder, hvor ryggen kan være med", date(2026, 11, 26), Owner.CITIZEN
        ),
        hand=own,
    )
    _agree(citizen, tines)
    services.add_step(
        citizen=citizen,
        goal_key=goal,
        step=NewStep("Find to værksteder, Jørn kan besøge", date(2026, 12, 4), Owner.MUNICIPALITY),
        hand=tines,
    )


def _amalie(citizen: Citizen, own: Hand, tines: Hand) -> None:
    services.add_goal(
        citizen=citizen,
        goal=NewGoal("Et job i kommunikation", "Jeg vil bruge det, jeg har læst."),
        first=NewStep("Ring til to bureauer", date(2026, 11, 27), Owner.CITIZEN),
        hand=own,
    )
    _agree(citizen, tines)
    agreement = services.propose_self_steering(
        citizen=citizen,
        terms=Terms(
            goal="Et job i kommunikation inden februar",
            words="Jeg søger selv og bruger mit netværk. Tine ringer kun, hvis jeg beder om det.",
            check_in_on=date(2026, 12, 10),
            ends_on=date(2027, 2, 1),
        ),
        hand=own,
    )
    services.answer_self_steering(citizen=citizen, agreement=agreement, is_yes=True, hand=tines)


def _agree(citizen: Citizen, tines: Hand) -> None:
    waiting: list[PlanChange] = plan_of(citizen).waiting_for(Side.MUNICIPALITY)
    for change in waiting:
        services.reply(citizen=citizen, change=change, is_yes=True, hand=tines)
