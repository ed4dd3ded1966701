"""The book of laws by day and regime: the rules, how well each is known, whom they touch."""

from django.http import HttpResponse
from django.shortcuts import render

from velvalgt.apps.duties import queries as duties
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.jurist.forms import BookForm


@for_role(Role.JURIST)
def book(request: StaffRequest) -> HttpResponse:
    """The jurist's first page: the law of today, or what another day or regime asks."""
    form = BookForm(request.GET or None, on=request.today)
    asked = form.asked(request.today)
    in_force = duties.regime_in_force(asked.on)
    is_law = asked.regime is None or (in_force is not None and in_force.id == asked.regime)
    is_now = is_law and asked.on == request.today
    other = None if is_law else asked.regime
    touched = duties.touched() if is_now else duties.touched_then(asked.on, other, at=request.at)
    rules = duties.rules_of_regime(other) if other else duties.rules_of_day(asked.on, touched)
    counted = [(r, touched.get(r.id, 0) if r.gives_rows else None) for r in rules]
    context = {
        "form": form,
        "on": asked.on,
        "in_force": in_force,
        "regime": next((each for each in duties.regimes() if each.id == other), None),
        "is_now": is_now,
        "ledgers": duties.ledgers(request.user.tenant) if is_now else [],
        "rules": sorted(counted, key=lambda line: -1 if line[1] is None else line[1], reverse=True),
        "law_version": duties.law_version(),
    }
    return render(request, "jurist/book.html", context, status=422 if form.errors else 200)
