"""Data alone: codes, enhanced codes, causes and refusals."""
