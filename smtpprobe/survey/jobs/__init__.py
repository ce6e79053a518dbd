"""The work of a job, in whatever process it runs: data in, data out; nothing is kept between."""
