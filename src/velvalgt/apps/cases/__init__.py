"""The case and its journal (sag, journal): what happened to whom, when, by whom.

Legal basis: offentlighedsloven §§ 13 and 15 (to take notes, to keep a journal).
Reads `staff` and `people`.
"""
