"""Messages, notifications and letters: what is said to and by citizens, and by which way.

Legal basis: forvaltningsloven § 7 (guidance), lov om Digital Post.
Reads `staff`, `people` and `cases`.
"""
