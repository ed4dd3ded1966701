"""The citizens: residence, spells on benefit, work, payments, contact wishes, and `Access`: who may see whom.

Legal basis: lov om en aktiv beskæftigelsesindsats and GDPR art. 6(1)(e), 87 (CPR number). Reads `audit` and `staff`.
"""
