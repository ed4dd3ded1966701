"""What the law asks for each citizen (proceskrav, ret og pligt), ledgers and leave-outs.

Legal basis: lov om en aktiv beskæftigelsesindsats ch. 7 and 17.
Reads `people` and `cases` by a watermark; calls `core.regime`.
"""
