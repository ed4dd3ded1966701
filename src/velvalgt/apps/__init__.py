"""What remembers: an app for each station on the way from intake to outcome."""
