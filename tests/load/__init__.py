"""Much at once: nothing is lost, nothing stays behind, results are as one at a time."""
