"""The words of each language but English: a file a language, loaded when a reply calls for it."""
