"""The console: what a leader and an administrator do in a browser, by the same functions as `fieldapp admin`."""
