"""Let citizens and representatives say yes, correct and write a CV in their own name alone."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import VISIBLE_CITIZEN

VISIBLE = VISIBLE_CITIZEN.format(citizen="citizen_id")
HANDS = {
    "people_consent": "given_by_id",
    "people_consentwithdrawal": "withdrawn_by_id",
    "people_contactdetail": "given_by_id",
    "people_correction": "asked_by_id",
    "people_cvshare": "shared_by_id",
    "people_cvshareend": "ended_by_id",
    "people_cventry": "said_by_id",
    "people_joblogentry": "said_by_id",
}


def alter(table: str, condition: str) -> str:
    return f"alter policy web on {table} with check ({condition});"


def own_hand(column: str) -> str:
    return f"""{VISIBLE} and (velvalgt_purpose() = 'case_work'
      or velvalgt_purpose() in ('own_case', 'representation')
      and {column} = (select velvalgt_user()))"""


class Migration(migrations.Migration):
    dependencies = [("people", "0010_power_walls")]

    operations = [
        migrations.RunSQL(alter(table, own_hand(column)), alter(table, VISIBLE))
        for table, column in HANDS.items()
    ]
