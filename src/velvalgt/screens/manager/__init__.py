"""What the manager (leder) sees, a module an errand: numbers, and never a citizen."""
