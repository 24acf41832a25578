"""The screens: Flet components over what the actions read and do."""
