"""What a worker can do and see: reading functions and writing functions, a module a subject."""
