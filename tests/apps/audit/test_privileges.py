"""What each role may do in the database is what was reviewed, and no more."""

import pytest

from tests.apps.audit.test_walls import rows

pytestmark = pytest.mark.django_db

ADDED_TO_BY_WEB = {
    "audit_trace", "cases_answer", "cases_content", "cases_document", "cases_entry",
    "cases_needassessment", "cases_planchange", "cases_planreply", "cases_planvisit",
    "cases_receipt", "cases_scan", "cases_selfsteering", "cases_selfsteeringend",
    "cases_selfsteeringreply", "duties_confirmation", "duties_dispensation",
    "duties_dispensationwithdrawal", "duties_leaveout", "duties_withdrawalconfirmation",
    "meetings_aftermissed", "meetings_agendaitem", "meetings_cancellation",
    "meetings_contactanswer", "meetings_crisis", "meetings_crisisend", "meetings_earlieroffer",
    "meetings_earlierwish", "meetings_enrolment", "meetings_feed", "meetings_groupattendance",
    "meetings_groupmeeting", "meetings_hold", "meetings_invitation", "meetings_invitationstep",
    "meetings_meeting", "meetings_outcome", "meetings_outsidecalendar", "meetings_paper",
    "meetings_party", "meetings_relation", "meetings_safetynote", "meetings_safetynoteend",
    "meetings_specialhours", "meetings_videolink", "meetings_weeklyhours", "messages_attachment",
    "messages_channelchoice", "messages_message", "messages_noanswer", "messages_notice",
    "messages_noticereading", "messages_notification", "messages_reading", "offers_addition",
    "offers_answer", "offers_application", "offers_applicationwithdrawal", "offers_wishlist",
    "people_consent", "people_consentwithdrawal", "people_contactdetail", "people_contactwish",
    "people_correction", "people_correctionanswer", "people_cventry", "people_cvshare",
    "people_cvshareend", "people_cvshareitem", "people_joblogentry", "people_power",
    "people_powercode", "people_powerend", "priorities_basisend", "priorities_capacityplan",
    "priorities_conflict", "priorities_forecast", "priorities_handoveranswer",
    "priorities_needweights", "priorities_ownno", "priorities_ownnoend",
    "priorities_profilingbasis", "priorities_skill", "priorities_suggestionanswer",
    "priorities_unitchoice",
}  # fmt: skip
CHANGED_BY_WEB = {"django_session", "duties_duty", "duties_ledger", "duties_reckoning"}
DERIVED = {
    "duties_duty", "duties_reckoning", "people_factversion", "priorities_handover",
    "priorities_suggestion", "priorities_workline",
}  # fmt: skip
THE_LOG_ITSELF = {"audit_trace"}
DEFINERS = {
    "cases_ask_for_scan", "duties_ask_for_reckoning", "duties_ledger_rows", "meetings_answers",
    "meetings_ask_for_crisis", "meetings_ask_for_earlier", "meetings_ask_for_group",
    "meetings_ask_for_reading", "meetings_crisis_counts", "meetings_demand", "meetings_group_place",
    "meetings_in_feed", "meetings_in_line", "meetings_in_person", "meetings_no_shows",
    "meetings_safety", "meetings_seated", "meetings_seats", "messages_ask_for_delivery",
    "offers_no_overbooking", "offers_places", "offers_seats", "people_follow_powers",
    "people_search", "people_take_up_power", "priorities_answers_by_unit",
    "priorities_ask_for_forecast", "priorities_ask_for_plan", "staff_known_as",
    "velvalgt_number_facts",
}  # fmt: skip


def held(role: str, *privileges: str) -> set[str]:
    """The tables on which a role, or everybody, holds one of the privileges."""
    asked = " or ".join(f"has_table_privilege('{role}', c.oid, '{each}')" for each in privileges)
    found = rows(
        "select relname from pg_class c join pg_namespace n on n.oid = relnamespace"
        f" where nspname = 'public' and relkind in ('r', 'p', 'v') and ({asked})"
    )
    return {str(row[0]) for row in found}


def about_citizens() -> list[str]:
    found = rows(
        "select table_name from information_schema.columns where table_schema = 'public'"
        " and column_name = 'citizen_id' union select 'people_citizen' order by 1"
    )
    return [str(row[0]) for row in found]


def test_the_web_changes_only_what_is_derived_and_its_sessions() -> None:
    assert held("velvalgt_web", "UPDATE", "DELETE") == CHANGED_BY_WEB
    assert held("velvalgt_web", "INSERT") == CHANGED_BY_WEB | ADDED_TO_BY_WEB


@pytest.mark.parametrize("role", ["velvalgt_web", "velvalgt_worker"])
def test_no_role_that_works_empties_a_table_or_hangs_triggers_on_it(role: str) -> None:
    assert held(role, "TRUNCATE", "TRIGGER", "REFERENCES") == set()


def test_the_worker_reads_no_session_for_its_key_lets_one_in() -> None:
    assert "django_session" not in held("velvalgt_worker", "SELECT")


def test_all_is_the_owners() -> None:
    strangers = rows(
        "select relname from pg_class c join pg_namespace n on n.oid = relnamespace"
        " where nspname = 'public' and pg_get_userbyid(relowner) <> 'velvalgt_owner'"
        " union select proname from pg_proc p join pg_namespace n on n.oid = pronamespace"
        " where nspname = 'public' and prosecdef and pg_get_userbyid(proowner) <> 'velvalgt_owner'"
    )

    assert strangers == []


def test_nobody_can_put_a_table_in_front_of_those_the_policies_read() -> None:
    may = rows(
        "select has_schema_privilege('velvalgt_web', 'public', 'create'),"
        " has_schema_privilege('velvalgt_worker', 'public', 'create'),"
        " has_database_privilege('velvalgt_web', current_database(), 'temporary'),"
        " has_database_privilege('velvalgt_web', current_database(), 'create')"
    )

    assert may == [(False, False, False, False)]


def test_the_functions_that_look_over_the_wall_are_the_reviewed_ones() -> None:
    found = rows(
        "select proname, proconfig::text, has_function_privilege('public', p.oid, 'execute')"
        " from pg_proc p join pg_namespace n on n.oid = pronamespace"
        " where nspname = 'public' and prosecdef"
    )

    assert {str(name) for name, _, _ in found} == DEFINERS
    assert all('"search_path=public, pg_temp"' in str(config) for _, config, _ in found)
    assert {str(name) for name, _, is_open in found if is_open} == {"velvalgt_number_facts"}


def test_what_is_about_a_citizen_is_seen_by_access_alone() -> None:
    seen = rows(
        "select polrelid::regclass::text from pg_policy where polname = 'web'"
        " and pg_get_expr(polqual, polrelid) like '%velvalgt_visible_citizens%'"
    )

    assert {*about_citizens()} - {str(row[0]) for row in seen} == {
        "people_access",
        "people_powercode",  # the web reads none
    }


def test_each_change_about_a_citizen_leaves_a_trace() -> None:
    traced = rows(
        "select tgrelid::regclass::text from pg_trigger join pg_proc p on p.oid = tgfoid"
        " where proname = 'velvalgt_trace_change' group by 1 having count(*) = 3"
    )

    left = {*about_citizens()} - {str(row[0]) for row in traced}
    assert left == DERIVED | THE_LOG_ITSELF
