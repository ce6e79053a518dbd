"""An input cut into chunks of whole lines, and its format."""
