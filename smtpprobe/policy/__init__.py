"""What certificates and policies have to say, decided by pure functions."""
