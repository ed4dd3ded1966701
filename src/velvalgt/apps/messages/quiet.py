"""Quiet hours (stille timer): local times between which nothing is sent."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one local time to another; past midnight where the end is not after the beginning."""

    begins: time
    ends: time

    def hold(self, moment: time) -> bool:
        """Whether a local time lies in them; the end itself does not."""
        if self.begins < self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


def first_moment(at: datetime, quiet: QuietHours | None) -> datetime:
    """Give the first moment from `at` on that is not quiet.

    The clock that counts is the one on the wall in Copenhagen, also on the nights when it is moved:
    an hour that comes twice is quiet twice, and one that never comes is waited out.
    """
    if quiet is None or not _is_quiet(at, quiet):
        return at
    local = timezone.localtime(at)
    passes_midnight = quiet.ends <= local.time()
    day = local.date() + timedelta(days=passes_midnight)
    ends = datetime.combine(day, quiet.ends, tzinfo=local.tzinfo)
    instants = [ends.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return min(each for each in instants if each >= at and not _is_quiet(each, quiet))


def _is_quiet(at: datetime, quiet: QuietHours) -> bool:
    return quiet.hold(timezone.localtime(at).time())
