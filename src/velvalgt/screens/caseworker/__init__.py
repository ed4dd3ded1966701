"""What the caseworker (sagsbehandler) sees, a module an errand."""
