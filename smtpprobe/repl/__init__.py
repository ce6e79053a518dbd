"""The prompt: what is typed, what is shown, and the keys between. The one home of prompt_toolkit."""
