"""After a no-show people find out why, in order; nothing is handed over before that."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.meetings import NOW, at, wanted
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import MissedStep, Result, TextSet, Way
from velvalgt.apps.meetings.models import AfterMissed, Meeting, Outcome
from velvalgt.apps.messages.models import Notice

pytestmark = pytest.mark.usefixtures("office")
LATER = NOW + timedelta(days=3)
C, H, F, N, G, O = (  # noqa: E741 - the steps' first letters; O hands over
    MissedStep.CONTACTED,
    MissedStep.HEARD,
    MissedStep.FAIR,
    MissedStep.NOT_FAIR,
    MissedStep.GUIDED,
    MissedStep.HANDED_OVER,
)


def missed(world: World, text_set: TextSet = TextSet.SUMMONS) -> Meeting:
    meeting = services.book(
        citizen=world.joern,
        wanted=wanted(world),
        starts_at=at(25, 10),
        permitted=frozenset(Way),
        hand=services.Hand(world.tine, NOW, is_staff=True),
        agreed=services.Agreed(text_set),
    )
    Outcome.objects.create(
        tenant_id=meeting.tenant_id,
        citizen=meeting.citizen,
        meeting=meeting,
        result="missed",
        said_by=world.tine,
        said_at=LATER,
    )
    return meeting


def take(world: World, meeting: Meeting, *steps: MissedStep) -> None:
    for number, step in enumerate(steps):
        services.follow_up_missed(
            meeting=meeting,
            step=step,
            words=f"{number}. {step}",
            by=world.tine,
            at=LATER + timedelta(hours=number),
        )


@pytest.mark.parametrize(
    "path", [(C, H, N, G, O), (C, C, N, G, O), (C, C, N, G, O, F), (C, H, N, G, F), (C, H, F)]
)
def test_the_path_is_walked_in_order(tine: World, path: tuple[MissedStep, ...]) -> None:
    meeting = missed(tine)

    take(tine, meeting, *path)

    assert [each.step for each in queries.done_after(meeting)] == [*path]


@pytest.mark.parametrize(
    "path", [(O,), (C, O), (C, N), (C, H, O), (C, H, N, O), (N,), (G,), (C, H, G), (C, H, F, O)]
)
def test_nothing_is_handed_over_or_judged_before_its_turn(
    tine: World, path: tuple[MissedStep, ...]
) -> None:
    with pytest.raises(services.NotYet):
        take(tine, missed(tine), *path)


@given(st.lists(st.integers(0, 5), max_size=12))
@settings(max_examples=200, deadline=None)
def test_however_one_goes_the_citizen_was_sought_heard_and_guided_first(choices: list[int]) -> None:
    done: list[AfterMissed] = []
    summons = Meeting(text_set=TextSet.SUMMONS)
    for choice in choices:
        steps = queries.steps_open(summons, done)
        if steps:
            done.append(AfterMissed(step=steps[choice % len(steps)]))
    taken = [each.step for each in done]

    if O in taken:
        before = taken[: taken.index(O)]
        assert C in before
        assert H in before or before.count(C) >= 2
        assert G in before
        assert N in before
        judged = len(before) - 1 - before[::-1].index(N)
        assert H not in before[judged:], "what was told is judged before it is handed over"
    assert F not in taken[:-1], "a fair reason ends it"


def test_a_citizen_who_came_is_followed_up_by_nobody(tine: World) -> None:
    meeting = missed(tine)
    first = Outcome.objects.get(meeting=meeting)
    Outcome.objects.create(
        tenant_id=meeting.tenant_id,
        citizen=meeting.citizen,
        meeting=meeting,
        corrects=first,
        result="held",
        said_by=tine.tine,
        said_at=LATER,
    )

    with pytest.raises(services.NotMissed):
        take(tine, meeting, C)
    assert queries.held_lately(tine.joern, LATER).missed is None


def test_the_citizen_tells_why_and_neither_judges_nor_hands_over(world: World) -> None:
    with world.as_tine():
        meeting = missed(world)
    user = world.joern.user
    assert user is not None

    with acting(world.tenant.pk, user.pk, Purpose.OWN_CASE):
        for _ in range(2):
            services.tell_why(meeting=meeting, words="Bussen gik ikke.", by=user, at=LATER)
        seen = [(each.step, each.words) for each in queries.done_after(meeting)]

    assert seen == [("heard", "Bussen gik ikke.")]
    with world.as_tine():
        assert queries.steps_open(meeting, queries.done_after(meeting))[0] == F


def test_the_citizen_is_told_of_each_step_that_concerns_them(tine: World) -> None:
    take(tine, missed(tine), C, H, N, G, O)

    titles = Notice.objects.order_by("told_at").values_list("title", flat=True)
    assert [*titles][1:] == [
        "Dine rettigheder og pligter, når du ikke kan komme",
        "Det har vi fortalt om samtalen, du ikke kom til",
    ]


@pytest.mark.parametrize("text_set", [TextSet.BOOKED, TextSet.INVITATION])
def test_nothing_is_handed_over_of_a_talk_to_which_nobody_was_summoned(
    tine: World, text_set: TextSet
) -> None:
    meeting = missed(tine, text_set)
    take(tine, meeting, C, H, N, G)

    assert queries.steps_open(meeting, queries.done_after(meeting)) == [F]
    with pytest.raises(services.NotYet):
        take(tine, meeting, O)


def test_what_the_citizen_tells_after_the_judgement_is_judged_anew(tine: World) -> None:
    meeting = missed(tine)
    take(tine, meeting, C, C, N, G)
    later = LATER + timedelta(days=1)
    services.tell_why(meeting=meeting, words="Jeg var på sygehuset.", by=tine.tine, at=later)

    assert queries.steps_open(meeting, queries.done_after(meeting))[:2] == [F, N]

    for number, step in enumerate((N, O)):
        services.follow_up_missed(
            meeting=meeting,
            step=step,
            words=f"Igen: {step}",
            by=tine.tine,
            at=later + timedelta(hours=number + 1),
        )
    assert [each.step for each in queries.done_after(meeting)] == [C, C, N, G, H, N, O]


def test_who_was_there_after_all_is_told_that_the_hand_over_was_wrong(tine: World) -> None:
    meeting = missed(tine)
    take(tine, meeting, C, H, N, G, O)

    services.record_outcome(
        meeting=meeting,
        told=services.Told(Result.HELD, Way.OFFICE),
        by=tine.tine,
        at=LATER + timedelta(days=1),
        today=LATER.date(),
    )

    newest = Notice.objects.latest("told_at")
    assert newest.title == "Det var en fejl, at vi skrev, at du ikke kom til samtalen"
    assert queries.hand_over_was_wrong(meeting)
