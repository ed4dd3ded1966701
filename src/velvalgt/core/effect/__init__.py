"""What each kind of effort changes, for whom: what studies say, in words and as gains."""

from velvalgt.core.effect.checking import EvidenceError
from velvalgt.core.effect.gains import Evidence, Gains, Line, load_evidence
from velvalgt.core.effect.studies import KINDS, Grade, Source, Study, Texts, load, studies_of
from velvalgt.core.effect.table import NEED_LEVELS, SELF_SERVICE, Effort, NeedLevel, Outcome, Row
from velvalgt.core.effect.weighing import interval

__all__ = [
    "KINDS",
    "NEED_LEVELS",
    "SELF_SERVICE",
    "Effort",
    "Evidence",
    "EvidenceError",
    "Gains",
    "Grade",
    "Line",
    "NeedLevel",
    "Outcome",
    "Row",
    "Source",
    "Study",
    "Texts",
    "interval",
    "load",
    "load_evidence",
    "studies_of",
]
