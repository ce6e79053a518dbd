"""Saves sessions as recordings, and loads them."""
