"""What some of the cast said at the same table, and what was found out together: all invented."""

from fieldapp.practice.pen import Pen

#: Days ago, the dimension chosen.
_FOCUS = {
    "bent": ((40, "housing"), (12, "network_relations")),
    "signe": ((30, "education_work"),),
}
#: Days ago, the number that is one's own.
_NEAR = {"bent": ((100, 2), (60, 3), (12, 5)), "signe": ((30, 4),)}
#: Days ago, what it is about, resources, needs.
_FOUND = {
    "bent": (
        (90, "housing", "Har før boet alene i seks år.", "Møbler og en, der forklarer vaskemaskinen."),
        (60, "network_relations", "En fætter, der ringer hver søndag.", None),
        (60, "other", "Kan reparere næsten alt og gør det gerne for andre.", None),
        (20, "housing", None, "Ro om aftenen. Der er meget stille herinde."),
    ),
}
_USES = {"bent": ((90, "very_limited", None), (20, "some_degree", "Når nogen går med den første gang."))}


def write(pen: Pen) -> None:
    key, by = pen.citizen.key, pen.citizen.responsible
    for days, dimension in _FOCUS.get(key, ()):
        day = pen.ago(days)
        pen.write("focus_area", day, by, from_on=day, dimension=dimension, decided_by="citizen")
    for days, value in _NEAR.get(key, ()):
        day = pen.ago(days)
        pen.write("own_scale", day, by, on=day, value=value)
    for days, about, resources, needs in _FOUND.get(key, ()):
        day = pen.ago(days)
        pen.write("assessment_note", day, by, on=day, about=about, resources=resources, needs=needs)
    for days, level, note in _USES.get(key, ()):
        day = pen.ago(days)
        pen.write("use_of_offers", day, by, on=day, level=level, note=note)
