"""How long the labour market's data is kept: nothing here is about a citizen."""

from velvalgt.apps.audit.retention import Kept

KEPT: tuple[Kept, ...] = ()
