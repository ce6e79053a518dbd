"""What reads octets of others, given octets of all kinds for as long as one likes."""
