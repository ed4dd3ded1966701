"""Settings, addresses, sign-in: what makes the rooms one site."""
