"""What each person sees: a package a person, a module an errand."""
