"""The screens, person by person."""
