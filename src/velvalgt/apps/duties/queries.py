"""The questions about duties: what waits, for whom and why; how the ledgers stand."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Case, Count, F, Q, When

from velvalgt.apps.cases.choices import Actor, Kind
from velvalgt.apps.cases.models import CaseQuerySet, Entry
from velvalgt.apps.duties import services
from velvalgt.apps.duties.changes import Change, Changes, what_it_does, what_would_change
from velvalgt.apps.duties.choices import Status
from velvalgt.apps.duties.given import (
    Given,
    State,
    dispensation,
    dispensations,
    dispensations_of,
)
from velvalgt.apps.duties.law import Explained, Story, book
from velvalgt.apps.duties.lines import DutyLine, LedgerLine, WorkLine, cohort_of
from velvalgt.apps.duties.models import Duty, DutyQuerySet, LeaveOut, Ledger
from velvalgt.apps.duties.oversight import oversees_everyone
from velvalgt.apps.duties.rules import (
    RuleChoice,
    RuleInBook,
    clocks_to_stop,
    municipality_codes,
    regime_in_force,
    regimes,
    rule_in_book,
    rule_name,
    rules_in_force,
    rules_of_day,
    rules_of_regime,
    rules_to_change,
    touched_then,
)
from velvalgt.apps.people.choices import Form
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant
from velvalgt.core.regime import OVER
from velvalgt.core.regime.places import regions_on
from velvalgt.core.words import possible_days

__all__ = [
    "Change", "Changes", "DutyLine", "Explained", "Given", "LedgerLine", "RuleChoice", "RuleInBook",
    "State", "WorkLine", "clocks_to_stop", "dispensation", "dispensations", "dispensations_of",
    "duties_of", "duties_of_rule", "explanation", "heard_on", "law_version", "lead_ledger",
    "leave_out_in", "leave_out_of", "ledgers", "municipality_codes", "next_step",
    "oversees_everyone", "owed_cohorts", "permitted_forms", "possible_days", "pressing",
    "quota_rules", "refresh",
    "regime_in_force", "regimes", "regions_on", "rights", "rights_of", "room_for", "rule_in_book",
    "rule_name", "rules_in_force", "rules_of_day", "rules_of_regime", "rules_to_change", "touched",
    "touched_then", "what_it_does", "what_would_change",
]  # fmt: skip

STALE = """
select v.citizen_id from people_factversion v left join duties_reckoning r using (citizen_id)
where v.citizen_id = any(%s) and (r.facts, r.law_version, r.reckoned_for)
  is distinct from (v.number, %s, %s)
order by v.citizen_id
"""


def refresh(citizens: Sequence[UUID], on: date) -> None:
    """Reckon those whose facts, law or day have moved since they were last reckoned."""
    with connection.cursor() as cursor:
        cursor.execute(STALE, [list(citizens), book().version, on])
        stale = [row[0] for row in cursor.fetchall()]
    services.reckon(stale, on)


HELD = """
select d.id, v.tenant_id, v.citizen_id, d.rule_id, d.since, d.municipality, d.target_group,
  d.status, d.due, d.required, d.done, d.actor, d.forms, d.reason, d.law_source,
  (r.facts, r.law_version, r.reckoned_for) is not distinct from (v.number, %s, %s) as is_fresh
from people_factversion v left join duties_reckoning r using (citizen_id)
left join duties_duty d on d.citizen_id = v.citizen_id and d.status <> all(%s)
where v.citizen_id = %s order by d.due nulls last, d.rule_id, d.since
"""


def duties_of(citizen: Citizen, on: date) -> list[DutyLine]:
    """Give what the law asks of a citizen now and the rights in use, the most pressing first.

    One question tells both the duties and whether they are still so.
    """
    held = _held(citizen, on)
    if held and not held[0].is_fresh:  # type: ignore[attr-defined]
        services.reckon([citizen.pk], on)
        held = _held(citizen, on)
    return _lines([duty for duty in held if duty.pk], on)


def _held(citizen: Citizen, on: date) -> list[Duty]:
    return list(Duty.objects.raw(HELD, [book().version, on, list(OVER), citizen.pk]))


def _lines(duties: Iterable[Duty], on: date) -> list[DutyLine]:
    stories: dict[UUID, Story] = {}
    return [
        DutyLine(
            duty,
            book().rule(duty.rule_id),
            stories.setdefault(duty.citizen_id, Story(duty.citizen_id, on)),
        )
        for duty in duties
    ]


def next_step(lines: Iterable[DutyLine]) -> DutyLine | None:
    """Pick the one duty that waits next: overdue before upcoming, the earliest last day first."""
    waiting = [
        line
        for line in lines
        if line.duty.status in (Status.OVERDUE, Status.UPCOMING)
        and line.duty.due is not None
        and not line.is_right
    ]
    return min(waiting, key=lambda line: (line.duty.due, line.is_quota), default=None)


def permitted_forms(lines: Iterable[DutyLine]) -> list[Form]:
    """Give the forms that the next interview may have (samtaleform); all where no duty says.

    A duty without forms, such as an offer, says nothing of them, however soon it is due.
    """
    step = next_step(line for line in lines if line.forms)
    return step.forms if step else list(Form)


def rights() -> list[str]:
    """Give the ids of the rules that are rights: the citizen may ask for them."""
    return [rule.id for rule in book().rules if rule.is_right]


def quota_rules() -> list[str]:
    """Give the ids of the rules that only a ledger can fail."""
    return [rule.id for rule in book().rules if rule.is_quota]


def explanation(citizen: Citizen, rule_id: str, on: date) -> Explained:
    """Explain one rule for one citizen (begrundelse).

    Raises:
        KeyError: the book has no such rule.
    """
    return Story(citizen.pk, on).explained(rule_id)


def rights_of(citizen: Citizen, on: date) -> list[Explained]:
    """Give the rights that a citizen's group has, used or not."""
    groups = set(citizen.spells.on(on).values_list("target_group", flat=True))
    rights = [rule for rule in rules_in_force(on) if rule.is_right and groups & set(rule.groups)]
    story = Story(citizen.pk, on)
    return [story.explained(rule.id) for rule in rights]


def leave_out_in(told: Iterable[Entry], on: date) -> Entry | None:
    """Give the journal's line of the leave-out that runs on a day, of lines newest first."""
    running = (e for e in told if e.kind == Kind.LEAVE_OUT and e.on <= on)
    return next((e for e in running if e.until is None or e.until > on), None)


def leave_out_of(citizen: Citizen, on: date) -> LeaveOut | None:
    """Give the leave-out that runs now, with the journal entry that stands for it.

    One that another system recorded has no words and no day of hearing here.
    """
    running = Entry.objects.standing().of_kind(Kind.LEAVE_OUT).filter(citizen=citizen, on__lte=on)
    open_ended = Q(until__isnull=True) | Q(until__gt=on)
    entry = running.filter(open_ended).order_by("-on", "-pk").first()
    if entry is None:
        return None
    assessed = LeaveOut.objects.filter(citizen=citizen, entry__on=entry.on).order_by("-pk").first()
    left_out = assessed or LeaveOut(citizen=citizen, words="", reason="")
    left_out.entry = entry
    return left_out


def heard_on(citizen: Citizen, on: date) -> date | None:
    """Give the day of the latest interview that was held, where the citizen was heard."""
    held = Entry.objects.standing().of_kind(Kind.INTERVIEW).filter(citizen=citizen, on__lte=on)
    return held.order_by("-on").values_list("on", flat=True).first()


def pressing(*, cases: CaseQuerySet, on: date, days: int = 14) -> list[WorkLine]:
    """Give what the law cannot let wait in some cases, overdue first.

    Each citizen stands once, with what presses most; a quota presses only through its
    ledger, and what the a-kasse owes is the a-kasse's.
    """
    mine = list(cases.values_list("citizen_id", flat=True))
    refresh(mine, on)
    duties = (
        Duty.objects.filter(citizen_id__in=mine)
        .exclude(rule_id__in=[rule.id for rule in book().rules if rule.is_quota])
        .exclude(actor=Actor.A_KASSE)
        .pressing(on, on + timedelta(days=days))
        .select_related("citizen")
        .order_by("due", "citizen_id", "rule_id")
    )
    first: dict[UUID, WorkLine] = {}
    for line in _lines(duties, on):
        first.setdefault(line.duty.citizen_id, WorkLine(line.duty.citizen, line))
    return list(first.values())


def ledgers(tenant: Tenant) -> list[LedgerLine]:
    """Give the tenant's own ledgers and those of the a-kasser, newest cohort first."""
    order = {key: place for place, key in enumerate(book().ledger_rules)}
    lines = [LedgerLine(row) for row in Ledger.objects.order_by("-cohort", "owner", "pk")]
    mine = [line for line in lines if _is_ours(line.ledger, tenant) and line.rule_key in order]
    return sorted(mine, key=lambda line: order[line.rule_key])


def _is_ours(ledger: Ledger, tenant: Tenant) -> bool:
    return not ledger.owner.isdigit() or ledger.owner == tenant.code


def owed_cohorts(tenant: Tenant) -> list[LedgerLine]:
    """Give the municipality's cohorts that owe somebody and can still be met, oldest first."""
    lines = [line for line in ledgers(tenant) if line.ledger.owner == tenant.code]
    owed = [line for line in lines if line.ledger.owed > 0 and line.is_open]
    return sorted(owed, key=lambda line: line.ledger.cohort)


def room_for(citizen: Citizen, tenant: Tenant) -> list[LedgerLine]:
    """Give the cohorts whose room a leave-out of this citizen would take from."""
    waiting = Duty.objects.of_citizen(citizen.pk).filter(status=Status.UPCOMING)
    quotas = {rule.id: rule.params.ledger for rule in book().rules if rule.is_quota}
    counted = {
        (quotas[rule_id], cohort_of(quotas[rule_id], since, due))
        for rule_id, since, due in waiting.values_list("rule_id", "since", "due")
        if rule_id in quotas
    }
    return [line for line in ledgers(tenant) if (line.rule_key, line.ledger.cohort) in counted]


def lead_ledger(tenant: Tenant) -> LedgerLine | None:
    """Give the newest cohort of the municipality's interviews whose time has run out."""
    done = [
        line
        for line in ledgers(tenant)
        if line.ledger.owner == tenant.code
        and line.rule_key == "municipality_interviews"
        and not line.is_open
    ]
    return max(done, key=lambda line: line.ledger.cohort, default=None)


def touched() -> dict[str, int]:
    """Count how many of the citizens one may see each rule touches now."""
    rows = Duty.objects.exclude(status__in=OVER).values("rule_id")
    counted = rows.annotate(citizens=Count("citizen", distinct=True)).order_by("rule_id")
    return {row["rule_id"]: row["citizens"] for row in counted}


def law_version() -> str:
    """Give the version of the book that duties are reckoned by."""
    return book().version


def duties_of_rule(rule_id: str) -> DutyQuerySet:
    """Give a rule's duties among the citizens one may see: what waits, what is paused, the rest."""
    waits = Case(
        When(status__in=(Status.OVERDUE, Status.UPCOMING), then=0),
        When(status=Status.SUSPENDED, then=1),
        default=2,
    )
    duties = Duty.objects.filter(rule_id=rule_id).exclude(status__in=OVER)
    by_day = F("due").asc(nulls_last=True)
    return duties.select_related("citizen").order_by(waits, by_day, "pk")
