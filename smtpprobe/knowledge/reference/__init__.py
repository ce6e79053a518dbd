"""What a code, an enhanced code or a word means by itself."""
