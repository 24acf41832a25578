"""Pure rules and values: no clock, no file, no screen, no sentence; *today* is an argument."""
