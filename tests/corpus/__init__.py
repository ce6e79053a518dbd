"""What servers said: recorded sessions, and replies with what a postmaster reads in them."""
