"""The verbs of plans and suggestions."""

__all__: list[str] = []
