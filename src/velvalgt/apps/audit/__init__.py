"""The log (logning): who did what about whom, when and for what purpose.

Also the actor of a request or job, without which the database shows nothing.
Legal basis: GDPR art. 5(2), 15 and 32. Reads no other station.
"""
