"""What studies say: in two languages, with a grade, an uncertainty and a source."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from velvalgt.core.effect import KINDS, Study, load, studies_of
from velvalgt.core.effect.studies import EVIDENCE
from velvalgt.core.words import vocabulary

STUDIES = load().studies


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_effort_has_something_said_of_it(kind: str) -> None:
    assert studies_of(kind)


@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.id)
def test_a_study_says_how_unsure_it_is_and_where_it_stands(study: Study) -> None:
    for text in (study.whom, study.found, study.uncertainty, study.grade.words, study.grade.why):
        assert text.da
        assert text.en
        assert text.da != text.en
    assert study.source.title
    assert study.source.url or study.status == "secondhand"


@pytest.mark.parametrize("kind", KINDS)
def test_the_strongest_method_stands_first(kind: str) -> None:
    order = [grade.id for grade in load().grades]
    ours = [study for study in studies_of(kind) if not study.groups]
    strengths = [order.index(study.grade.id) for study in ours]

    assert strengths == sorted(strengths)


def test_what_is_about_other_groups_than_the_readers_stands_last() -> None:
    insured, sick = (studies_of("course", groups) for groups in (("G1",), ("G6",)))

    assert set(insured) == set(sick)
    assert insured[-1].groups == ("G6", "G7")
    assert sick[0].groups == ("G6", "G7")


def test_a_study_names_only_groups_that_the_law_has() -> None:
    groups = {word.word for word in vocabulary("group")}

    assert {group for study in STUDIES for group in study.groups} <= groups


def test_a_kind_that_nobody_knows_is_a_mistake_and_not_an_empty_answer() -> None:
    with pytest.raises(KeyError):
        studies_of("sanction")


def test_nothing_speaks_for_a_sanction() -> None:
    told = EVIDENCE.read_text(encoding="utf-8").lower()

    assert "sanktion" not in told
    assert "sanction" not in told


def test_a_grade_that_is_not_in_the_list_is_refused(tmp_path: Path) -> None:
    content = yaml.safe_load(EVIDENCE.read_text(encoding="utf-8"))
    content["studies"][0]["grade"] = "hearsay"
    wrong = tmp_path / "studies.yaml"
    wrong.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    with pytest.raises(ValidationError, match="hearsay"):
        load(wrong)
