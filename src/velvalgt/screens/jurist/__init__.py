"""What the jurist sees, a module an errand."""
