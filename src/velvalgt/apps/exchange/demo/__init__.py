"""The demo municipality (Velby): written as a case system's files, read through the same door.

Nobody in it is real: the lives are synthetic, the names drawn, the CPR numbers replacement numbers.
"""

from velvalgt.apps.exchange.demo.building import SOURCE, Rejected, build, day, exists

__all__ = ["SOURCE", "Rejected", "build", "day", "exists"]
