"""Tenants (municipality, a-kasse), their units, users, roles and weekly hours.

Legal basis: GDPR art. 6(1)(e), the municipality's own organisation. Reads `audit`.
"""
