"""What every screen needs: base templates, components of the design system, partial rendering."""
