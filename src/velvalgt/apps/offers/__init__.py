"""The catalogue of efforts, the applications for them and what was answered.

Legal basis: lov om en aktiv beskæftigelsesindsats, forvaltningsloven §§ 22-25.
Reads `people`, `cases`, `duties`, `messages` and `companies`.
"""
