"""What the administrator (it-ansvarlig) sees, a module an errand."""
