"""What the State has given: read it, write it down, confirm it as the second, withdraw it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from velvalgt.apps.duties import queries as duties
from velvalgt.apps.duties import services as law
from velvalgt.apps.duties.queries import Given, State
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.jurist.forms import DispensationForm, WithdrawalForm
from velvalgt.web.partials import render_part

FIELDS = {"forms": "allowed"}
"""Where on the form a refusal belongs, where it has another name there."""
CHANGING = {State.WAITS, State.IN_FORCE, State.NOT_BEGUN}
REFUSALS = (
    law.AskedAlready,
    law.AskedByTheSame,
    law.ConfirmedAlready,
    law.ConfirmedByItsRecorder,
    law.NotAskedFor,
    law.NotYoursToRecord,
    law.WithdrawnAlready,
)
"""What the second person may meet; said on the page of the dispensation."""


@for_role(Role.JURIST)
def dispensations(request: StaffRequest) -> HttpResponse:
    """All of them, what waits for a second person first."""
    given = duties.dispensations(request.today)
    here = [each for each in given if each.row]
    context = {
        "may_write": duties.oversees_everyone(),
        "waits": [each for each in here if each.state == State.WAITS or each.is_asked_back],
        "holds": [each for each in here if each.state in {State.IN_FORCE, State.NOT_BEGUN}],
        "over": [each for each in here if each.state in {State.ENDED, State.WITHDRAWN}],
        "shipped": [each for each in given if not each.row],
    }
    return render(request, "jurist/dispensations.html", context)


@for_role(Role.JURIST)
def draft(request: StaffRequest) -> HttpResponse:
    """Write one down, and see what it would change while one chooses."""
    saving = "save" in request.POST
    form = DispensationForm(request.POST or None, on=request.today, saving=saving)
    if saving and form.is_valid():
        try:
            given = law.record_dispensation(draft=form.draft, by=request.user, at=request.at)
        except law.NotYoursToRecord as error:
            form.add_error(None, str(error))
        except law.DoesNotHold as error:
            form.add_error(FIELDS.get(error.about, error.about), str(error))
        else:
            return redirect("jurist:dispensation", given.pk)
    so_far = form.so_far
    changes = duties.what_would_change(so_far, request.today, at=request.at) if so_far else None
    context = {
        "form": form,
        "changes": changes,
        "names": form.TAKES[form.chosen_effect],
        "may_write": duties.oversees_everyone(),
    }
    status = 422 if form.errors and not request.htmx else 200
    return render_part(request, "jurist/dispensation_draft.html", "answer", context, status)


@for_role(Role.JURIST)
def dispensation(request: StaffRequest, dispensation_id: UUID) -> HttpResponse:
    """One that is recorded here: what it says, who stands behind it, what it changes."""
    return _page(request, _found(request, dispensation_id))


@for_role(Role.JURIST)
def dispensation_in_law(request: StaffRequest, key: str) -> HttpResponse:
    """One that stands in the law files."""
    return _page(request, _found(request, key))


@require_POST
@for_role(Role.JURIST)
def confirmation(request: StaffRequest, dispensation_id: UUID) -> HttpResponse:
    """Vouch for it as the second person."""
    given = _found(request, dispensation_id)
    try:
        law.confirm_dispensation(
            dispensation=given.recorded, on=request.today, by=request.user, at=request.at
        )
    except REFUSALS as error:
        return _page(request, given, refusal=str(error))
    return redirect("jurist:dispensation", dispensation_id)


@require_POST
@for_role(Role.JURIST)
def withdrawal(request: StaffRequest, dispensation_id: UUID) -> HttpResponse:
    """Take it back, with a reason."""
    given, form = _found(request, dispensation_id), WithdrawalForm(request.POST)
    if not form.is_valid():
        return _page(request, given, form=form)
    try:
        law.withdraw_dispensation(
            dispensation=given.recorded,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=request.at,
        )
    except REFUSALS as error:
        return _page(request, given, refusal=str(error))
    return redirect("jurist:dispensation", dispensation_id)


@require_POST
@for_role(Role.JURIST)
def withdrawal_confirmation(request: StaffRequest, dispensation_id: UUID) -> HttpResponse:
    """Agree as the second person that it is taken back."""
    given = _found(request, dispensation_id)
    try:
        law.confirm_withdrawal(
            dispensation=given.recorded, on=request.today, by=request.user, at=request.at
        )
    except REFUSALS as error:
        return _page(request, given, refusal=str(error))
    return redirect("jurist:dispensation", dispensation_id)


def _found(request: StaffRequest, key: UUID | str) -> Given:
    try:
        return duties.dispensation(key, request.today)
    except KeyError as error:
        raise Http404 from error


def _page(
    request: StaffRequest, given: Given, *, form: WithdrawalForm | None = None, refusal: str = ""
) -> HttpResponse:
    tells_changes = given.row is not None and given.state in CHANGING
    context = {
        "given": given,
        "form": form or WithdrawalForm(),
        "refusal": refusal,
        "may_write": given.row is not None and duties.oversees_everyone(),
        "is_mine": given.row is not None and given.row.recorded_by_id == request.user.pk,
        "i_asked": given.withdrawal is not None
        and given.withdrawal.withdrawn_by_id == request.user.pk,
        "changes": duties.what_it_does(given.recorded, request.today, at=request.at)
        if tells_changes
        else None,
    }
    status = 422 if refusal or form else 200
    return render(request, "jurist/dispensation.html", context, status=status)
