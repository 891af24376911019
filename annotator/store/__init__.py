"""Where it is kept: one SQLite file a project; the only SQL of the program."""
