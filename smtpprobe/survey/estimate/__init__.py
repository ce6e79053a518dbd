"""How long a survey takes and what it sends: from a sample, measured. What is assumed is said."""
