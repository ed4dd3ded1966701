"""Files and systems outside: what comes in from the municipality's case system, checked row by row.

Legal basis: the same as the data it carries. Reads every station before it.
"""
