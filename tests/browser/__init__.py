"""The real site in a real browser, one errand a file."""
