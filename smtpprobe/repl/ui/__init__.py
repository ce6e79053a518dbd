"""The terminal: the prompt_toolkit application, and the plain prompt without one."""
