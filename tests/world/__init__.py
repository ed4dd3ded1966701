"""Small worlds for tests: factories with traits, built as the worker, looked at as the web."""
