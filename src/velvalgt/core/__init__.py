"""What decides: frames and numbers in and out; no database, network, clock, or unseeded chance."""
