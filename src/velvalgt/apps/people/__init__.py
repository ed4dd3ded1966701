"""The citizens: what is known of them, and `Access`: who may see whom.

Legal basis: lov om en aktiv beskæftigelsesindsats and GDPR art. 6(1)(e), 87 (CPR number).
Reads `audit` and `staff`.
"""
