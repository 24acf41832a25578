"""The central server: it keeps every citizen of a municipality and decides what each device may see and write."""
