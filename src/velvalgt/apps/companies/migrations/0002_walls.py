"""Wall what is known of the labour market: about nobody, read by everybody in the tenant."""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import wall


class Migration(migrations.Migration):
    dependencies = [("companies", "0001_balances_and_vacancies"), ("staff", "0002_walls")]

    operations = [
        wall("companies_balance", web="select"),
        wall("companies_vacancy", web="select"),
    ]
