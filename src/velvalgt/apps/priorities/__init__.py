"""What helps whom most within what there is: the nightly plan, its suggestions and their answers.

Legal basis: lov om en aktiv beskæftigelsesindsats §§ 1 and 3 (an effort by need); a plan by gain
rests besides on the ground that the municipality has recorded for profiling.
Reads `staff`, `people`, `cases`, `duties`, `meetings` and `offers`.
"""
