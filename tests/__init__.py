"""The specification of Velvalgt, in the shape of its source."""
