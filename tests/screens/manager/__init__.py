"""What the manager sees."""
