"""The device's side of the exchange with the server: what is sent, what comes, when, and how the worker is told."""
