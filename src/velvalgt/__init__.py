"""Velvalgt, well chosen: the employment effort by need and by effect, not by calendar."""
