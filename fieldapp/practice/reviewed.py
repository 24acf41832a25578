"""What was looked at together: reviews, whether the method fits, what is worked with now; all invented."""

from fieldapp.practice.pen import Pen

_SHORT = 95
"""Known for fewer days than this: the first review is still ahead."""
_NEEDS = ("Nogen at ringe til om aftenen.", "Ro til at vænne mig til det.", "At vi ses en fast dag.")
_WOULD_HELP = ("Et møde i banken.", "At det bliver lyst igen.", "En, der går med den første gang.")


def write(pen: Pen) -> None:
    _review(pen)
    citizen = pen.citizen
    if citizen.signs:
        day = pen.ago(6)
        pen.write("method_fit", day, citizen.responsible, on=day, **dict.fromkeys(citizen.signs, True))
    for area in citizen.areas:
        day = pen.ago(30)
        pen.write("focus_area", day, citizen.responsible, from_on=day, act_area=area)


def _review(pen: Pen) -> None:
    """For most it is not time yet, for some it is: by how long they have been known, so always alike."""
    citizen = pen.citizen
    if citizen.method is None or citizen.known_from_days_ago < _SHORT:
        return
    day, which = pen.ago(20 + citizen.known_from_days_ago * 7 % 80), citizen.known_from_days_ago % len(_NEEDS)
    pen.write(
        "review",
        day,
        citizen.responsible,
        on=day,
        need=_NEEDS[which],
        enough="about_right",
        would_help=_WOULD_HELP[which],
        manages_alone="partly",
        method_fits=not citizen.signs,
    )
