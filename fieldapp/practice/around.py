"""What two of the cast have around them: a plan, a network, a meeting, and what helps when it gets hard."""

from datetime import timedelta

from fieldapp.practice.pen import Pen

WITH_A_PLAN, WITH_A_NETWORK = "joergen", "bent"
_NETWORK = (
    ("Lis", "Søster", "private", "near", "00 00 00 61"),
    ("Kaj", "Fra varmestuen", "chosen", "middle", None),
    ("Ove", "Nabo", "private", "far", None),
    ("Mette", "Sygeplejerske", "professional", "middle", None),
)


def write(pen: Pen) -> None:
    if pen.citizen.key == WITH_A_PLAN:
        _plan(pen)
    if pen.citizen.key == WITH_A_NETWORK:
        _network(pen)


def _plan(pen: Pen) -> None:
    day, by = pen.ago(30), pen.citizen.responsible
    pen.write(
        "plan_reference",
        day,
        by,
        type="section_141",
        made_on=day,
        kept_at="Hos sagsbehandleren",
        purpose="At blive boende, og at have nogen at gå til bagefter",
        effort="CTI, fulgt med til lægen, økonomi sammen med ydelseskontoret",
        how_long="Ni måneder",
        review_on=pen.today + timedelta(days=40),
    )
    pen.write("other_plan", day, by, type="treatment", what="Samtaler hver anden uge", contact="Rusmiddelcentret")
    pen.write(
        "coordination_meeting",
        day,
        by,
        on=pen.today + timedelta(days=6),
        form="coordination",
        with_whom="Bostøtten, Jørgen",
    )


def _network(pen: Pen) -> None:
    day, by = pen.ago(4), pen.citizen.responsible
    for name, relation, circle, closeness, phone in _NETWORK:
        pen.write("relative", day, by, name=name, relation=relation, circle=circle, closeness=closeness, phone=phone)
    pen.write(
        "coping_plan",
        day,
        by,
        on=day,
        signs="Svarer ikke, sover om dagen",
        helps="En gåtur ved åen. Kaffe uden spørgsmål",
        helps_not="Mange mennesker på én gang",
        whom_to_call="Lis, søsteren",
    )
