"""What each kind of effort changes, for whom: today what published studies say, in words."""

from velvalgt.core.effect.studies import KINDS, Grade, Source, Study, Texts, load, studies_of

__all__ = ["KINDS", "Grade", "Source", "Study", "Texts", "load", "studies_of"]
