"""The message of a delivery: given or composed, signed, and read in pieces as it goes out."""
