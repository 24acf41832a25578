"""What the cast tells of homes: what is wished, the plan until then, what is done and still to do, the authority."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fieldapp.domain.values_life import HOUSING, HousingItem
from fieldapp.practice.pen import Pen


@dataclass(frozen=True)
class Wish:
    chips: tuple[str, ...]
    home_type: str
    own_words: str
    reason: str | None = None


@dataclass(frozen=True)
class Plan:
    how: str
    meanwhile: str
    when: str | None = None
    look_again_in_days: int | None = None


@dataclass(frozen=True)
class AtHome:
    """`done` and `open` are codes of the lists about the home; `due_in_days` the day of an open one."""

    wish: Wish | None = None
    plan: Plan | None = None
    done: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    due_in_days: Mapping[str, int] | None = None
    number: Mapping[str, str] | None = None
    visitation_days_ago: int | None = None


_LIST = {item: of for of, items in HOUSING.items() for item in items}
TOLD: Mapping[str, AtHome] = {
    "bent": AtHome(
        Wish(
            ("own_home", "near_network"),
            "social_housing",
            "Et sted, hvor jeg selv bestemmer, hvem der sidder ved bordet.",
        ),
        done=("signed_up", "offer", "lease", "deposit_loan", "address_change", "move_in"),
        open=("one_off_payment", "insurance", "first_thing"),
        due_in_days={"insurance": 4},
    ),
    "signe": AtHome(Wish(("young_low_rent", "quiet"), "youth", "Bare der er en dør, man kan lukke.")),
    "kaare": AtHome(
        Wish(("quiet", "easy_access"), "social_housing", "Stueetagen. Og en nøgle, der kun er min."),
        Plan("Anvist almen bolig, ét værelse", "Bliver på boformen", "Nøglen er lovet om tre uger"),
        done=("signed_up", "allocation", "offer"),
        open=("lease", "deposit_loan", "one_off_payment", "insurance"),
        due_in_days={"lease": 3, "deposit_loan": 3, "insurance": 14},
        number={"signed_up": "214"},
    ),
    "sanne": AtHome(open=("arrears", "eviction_notice"), due_in_days={"eviction_notice": 9}),
    "yrsa": AtHome(
        Wish(("near_network",), "private", "Ikke for langt fra min søster."),
        Plan("Ny ansøgning til boliganvisningen", "Sover hos en veninde, højst to uger", look_again_in_days=6),
        open=("new_home",),
    ),
    "kim": AtHome(
        Wish(("pets", "quiet"), "alternative", "Ikke naboer over og under mig lige nu.", "Kims eget ønske."),
        Plan("Skæv bolig efter eget ønske", "Gaden. Loftet, når det fryser", "Om et par måneder"),
    ),
    "leyla": AtHome(
        done=("allocation", "offer", "lease", "deposit_loan"),
        open=("one_off_payment", "insurance", "address_change", "first_thing"),
        due_in_days={"insurance": 5},
    ),
    "anker": AtHome(
        Wish(
            ("quiet", "near_experience"),
            "alternative",
            "Jord under fødderne og plads til værktøjet.",
            "Ankers eget valg.",
        )
    ),
    "carsten": AtHome(
        plan=Plan("Boliganvisning og egen opskrivning", "Bilen. Fyret, når det fryser", look_again_in_days=8),
        open=("signed_up",),
        number={"signed_up": "340"},
        visitation_days_ago=23,
    ),
    "ida": AtHome(Wish(("not_now",), "youth", "Jeg tør ikke bo alene endnu."), visitation_days_ago=5),
    "mona": AtHome(visitation_days_ago=3),
}


def write(pen: Pen) -> None:
    """After the home itself: what there is to do belongs to it."""
    told = TOLD.get(pen.citizen.key)
    if told is None:
        return
    by = pen.citizen.responsible
    day = pen.ago(min(5, pen.citizen.known_from_days_ago - 1))
    home = next((record.id for record in reversed(pen.records) if record.kind == "housing_period"), None)
    _said(pen, told, day)
    for item in (*told.done, *told.open):
        due = (told.due_in_days or {}).get(item)
        pen.write(
            "housing_task",
            day,
            by,
            list=_LIST[HousingItem(item)].value,
            item=item,
            number=(told.number or {}).get(item),
            due_on=None if due is None else pen.ahead(due),
            done_on=day if item in told.done else None,
            housing_period=home,
        )


def _said(pen: Pen, told: AtHome, day: date) -> None:
    by, wish, plan = pen.citizen.responsible, told.wish, told.plan
    if wish:
        chips = {"wishes": wish.chips, "home_type": None if "not_now" in wish.chips else wish.home_type}
        pen.write("housing_wish", day, by, on=day, own_words=wish.own_words, reason=wish.reason, **chips)
    if plan:
        again = None if plan.look_again_in_days is None else pen.ahead(plan.look_again_in_days)
        words = {"how": plan.how, "when_text": plan.when, "meanwhile": plan.meanwhile}
        pen.write("housing_wait_plan", day, by, on=day, follow_up_on=again, **words)
    if told.visitation_days_ago is not None:
        asked = pen.ago(min(told.visitation_days_ago, pen.citizen.known_from_days_ago - 1))
        pen.write("visitation", asked, by, on=asked, stands="in_progress")


def situations(pen: Pen) -> None:
    """Where somebody slept before, as it was said at first, and since they moved or lost the home."""
    citizen, home = pen.citizen, pen.citizen.home
    if home is None or first(pen) == citizen.situation:
        return
    changed = home.moved_in_days_ago if home.lost_days_ago is None else home.lost_days_ago
    if changed is None:
        return
    day = pen.ago(changed)
    pen.write("housing_situation", day, citizen.responsible, from_on=day, situation=citizen.situation)


def first(pen: Pen) -> str:
    """What was said when they were registered: where the cast tells of a day on which that changed."""
    citizen, home = pen.citizen, pen.citizen.home
    if home is None or citizen.previous_situation is None:
        return citizen.situation
    moved = home.moved_in_days_ago is not None and home.moved_in_days_ago >= 0
    return citizen.previous_situation if moved or home.lost_days_ago is not None else citizen.situation
