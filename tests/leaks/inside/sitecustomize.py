"""Python imports this by its name when it starts, in a process that a test has started."""

import keeping  # type: ignore[import-not-found]

keeping.begin()
