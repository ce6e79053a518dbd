"""The colon commands (`:help`, `:caps`): the table, and what each does."""
