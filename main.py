"""What `flet build` and `flet run` start."""

from fieldapp.app import main

main()
