"""When people meet (samtaler, møder): who is free, who has booked what, and what came of it.

Legal basis: lov om en aktiv beskæftigelsesindsats §§ 31-36 with the order on an active employment
effort (form of interviews, convening, self-booking).
Reads `staff`, `people`, `cases`, `messages` and `duties`.
"""
