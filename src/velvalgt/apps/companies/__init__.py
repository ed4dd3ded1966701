"""Vacancies that the municipality imports, and the balance of the labour market.

Legal basis: lov om organisering og understøttelse af beskæftigelsesindsatsen.
Reads `staff` and `people`.
"""
