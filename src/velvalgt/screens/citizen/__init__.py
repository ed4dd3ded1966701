"""What the citizen (borger) sees, a module an errand."""
