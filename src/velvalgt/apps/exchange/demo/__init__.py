"""The demo's two municipalities: written as a case system's files, read through the same door.

Nobody in them is real: the lives are synthetic, the names drawn, the CPR numbers replacement
numbers.
"""

from velvalgt.apps.exchange.demo.building import SOURCE, Rejected, build
from velvalgt.apps.exchange.demo.places import LILLEBY, VELBY, day, exists, story
from velvalgt.apps.exchange.demo.plans import first_plan

__all__ = [
    "LILLEBY",
    "SOURCE",
    "VELBY",
    "Rejected",
    "build",
    "day",
    "exists",
    "first_plan",
    "story",
]
