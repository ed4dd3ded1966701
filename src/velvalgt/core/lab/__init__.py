"""The lab: a synthetic municipality with everything that the core's frames hold.

`synthesize` draws one from public volumes and marked assumptions; the same seed gives the same
municipality. Nobody in it exists. The demo is written from it.
"""

from velvalgt.core.lab.municipality import Municipality, synthesize

__all__ = ["Municipality", "synthesize"]
