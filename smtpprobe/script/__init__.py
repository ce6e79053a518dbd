"""Scripts: the language, running them, results, reports, recordings and importers."""
