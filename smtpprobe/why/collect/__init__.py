"""All I/O of `smtpprobe why`, one file a step; no judgement."""
