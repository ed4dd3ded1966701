"""What decides: pure Python, frames and numbers in and out; no database, network, clock, or chance without a seed."""
