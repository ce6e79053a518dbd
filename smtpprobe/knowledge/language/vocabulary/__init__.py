"""The words of each language but English: a file a language, loaded when a reply calls for it.

Those in Latin letters are here, the others in `beyond_latin`.
"""
