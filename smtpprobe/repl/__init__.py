"""The prompt: what is typed, what is shown, the keys between. The one home of prompt_toolkit."""
