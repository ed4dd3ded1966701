"""What starts and keeps Velvalgt on one machine: database, secrets, assets and processes."""
