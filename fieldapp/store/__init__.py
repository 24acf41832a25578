"""The encrypted store on the device: one vault file, typed tables, and the outbox of what the server has not got."""
