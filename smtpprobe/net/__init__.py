"""The shells round the outside world, one thing each: DNS, sockets, TLS, the clock."""
