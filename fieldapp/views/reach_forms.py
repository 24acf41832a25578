"""What is written while reaching out: forms that more than one of its pages fills in."""

from dataclasses import dataclass


@dataclass
class PlaceForm:
    place: str = ""
