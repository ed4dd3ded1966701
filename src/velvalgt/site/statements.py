"""What the site says of itself: how it can be used by everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (tilgængelighedserklæring): what was done, what is unknown."""
    return render(request, "site/accessibility.html", {"formal": settings.ACCESSIBILITY_STATEMENT})


@require_GET
def was(request: HttpRequest) -> HttpResponse:
    """The short address by which every public site's statement is found."""
    formal = settings.ACCESSIBILITY_STATEMENT
    return HttpResponseRedirect(formal) if formal else redirect("site:accessibility")
