"""How far the municipality goes on a day: by recorded ground, else without profiling."""

from datetime import date

from velvalgt.apps.priorities.choices import Mode
from velvalgt.apps.priorities.models import ProfilingBasis


def basis_on(day: date) -> ProfilingBasis | None:
    """Give the ground for profiling that holds on a day (hjemmel til profilering), or None."""
    held = ProfilingBasis.objects.on(day).select_related("recorded_by")
    return held.order_by("-recorded_at", "-pk").first()


def mode_on(day: date) -> Mode:
    """Give how far the municipality goes on a day (tilstand); plain where no ground holds."""
    return Mode.JUDGEMENT if basis_on(day) else Mode.PLAIN
