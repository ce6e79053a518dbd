"""The user's own table of replies: its rows, how its text is read, how a row is made of a reply."""
