"""The case and its journal (sag, journal): what happened to whom, when, by whom; only ever added to.

Legal basis: offentlighedsloven § 13 and 15 (duty to take notes and to keep a journal). Reads `staff` and `people`.
"""
