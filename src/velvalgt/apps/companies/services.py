"""The verbs of the labour market: what a file brings in."""

from velvalgt.apps.companies.receiving import receive_balances, receive_vacancies

__all__ = ["receive_balances", "receive_vacancies"]
