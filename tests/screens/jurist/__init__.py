"""The jurist's pages."""
