"""Practice mode: an invented town, its workers and citizens, as pure data. Nobody in this folder exists."""
