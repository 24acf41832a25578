"""What two of the cast are on their way to: Michael to ordinary support, Mads to another municipality."""

from datetime import timedelta

from fieldapp.practice.pen import Pen

TO_OTHER_SUPPORT, TO_ANOTHER_MUNICIPALITY = "michael", "mads"


def write(pen: Pen) -> None:
    if pen.citizen.key == TO_OTHER_SUPPORT:
        _someone_takes_over(pen)
    if pen.citizen.key == TO_ANOTHER_MUNICIPALITY:
        _moves(pen)


def _someone_takes_over(pen: Pen) -> None:
    """Tine begins in two weeks: until then the course cannot end."""
    day, by, tine = pen.ago(8), pen.citizen.responsible, "Tine fra bostøtten"
    meeting = pen.ahead(5)
    starts = pen.today + timedelta(days=14)
    pen.write("replacement_support", day, by, what="ordinary_85", who=tine, phone="00 10 00 71", starts_on=starts)
    pen.write("dimension_handover", day, by, dimension="housing", who=tine, meeting_on=meeting)
    pen.write("dimension_handover", day, by, dimension="finances", who="Gældsrådgivningen", held=True)
    pen.write("worker_change", day, by, on=day, to=tine, reason="method_ends", joint_meeting_on=meeting)
    pen.write(
        "bridging",
        pen.ago(30),
        by,
        on=pen.ago(30),
        to="Haveforeningen Solsikken",
        contact="Formanden, Aksel",
        went_along=True,
        verdict="helped",
        own_words="Der er nogen, der spørger, om jeg kommer på søndag.",
    )


def _moves(pen: Pen) -> None:
    day, by, moves_on = pen.ago(8), pen.citizen.responsible, pen.today + timedelta(days=30)
    municipality = "Fjordby Kommune"
    pen.write(
        "consent", day, by, given_on=day, answer="yes", to=municipality, about="authority", how="in_writing",
        purpose="At støtten går videre uden hul",
    )  # fmt: skip
    pen.write("municipality_move", day, by, on=moves_on, to=municipality, contact="Visitationen")
    pen.write("bridging", day, by, on=day, to="Bostøtten i Fjordby", joint_meeting_on=pen.ahead(15))
