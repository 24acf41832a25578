"""Being elsewhere: whom a yes must be about, and what there is to do before the citizen comes home (000 §2.5)."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from fieldapp.domain import workdays
from fieldapp.domain.facts import Facts
from fieldapp.domain.values import AbsencePlace, Situation
from fieldapp.domain.values_day import ConsentAbout, Sector, TaskItem, TaskList

#: Nobody can be told anything at an unknown place.
ABOUT: Mapping[str, ConsentAbout] = MappingProxyType(
    {
        AbsencePlace.HOSPITAL: ConsentAbout.HOSPITAL,
        AbsencePlace.PRISON: ConsentAbout.PRISON,
        AbsencePlace.TREATMENT: ConsentAbout.TREATMENT,
        AbsencePlace.SHELTER: ConsentAbout.SHELTER,
    }
)
#: The way out of a place, as the manual's tools have it (000 §2.5; I8).
WAY_OUT: Mapping[str, TaskList] = MappingProxyType(
    {AbsencePlace.HOSPITAL: TaskList.DISCHARGE, AbsencePlace.PRISON: TaskList.RELEASE}
)
#: Where those work whom one talks with there (T9, T13).
SECTORS: Mapping[str, tuple[Sector, ...]] = MappingProxyType(
    {
        AbsencePlace.HOSPITAL: (Sector.REGION,),
        AbsencePlace.PRISON: (Sector.PRISON_SERVICE,),
        AbsencePlace.TREATMENT: (Sector.REGION, Sector.CIVIL_SOCIETY),
        AbsencePlace.SHELTER: (Sector.SHELTER,),
    }
)
#: Days before the day the citizen comes home (DER).
_BEFORE: Mapping[tuple[TaskList, TaskItem], int] = MappingProxyType(
    {
        (TaskList.COMING_HOME, TaskItem.HOME_READY): 7,
        (TaskList.COMING_HOME, TaskItem.FIRST_MEETING): 3,
        (TaskList.COMING_HOME, TaskItem.FETCHED): 1,
        (TaskList.DISCHARGE, TaskItem.JOINT_MEETING): 7,
        (TaskList.DISCHARGE, TaskItem.HEALTH_AFTER): 3,
        (TaskList.DISCHARGE, TaskItem.HELP_AT_HOME): 3,
        (TaskList.DISCHARGE, TaskItem.NETWORK_TOLD): 1,
        (TaskList.RELEASE, TaskItem.JOINT_MEETING): 30,
        (TaskList.RELEASE, TaskItem.PLACE_TO_SLEEP): 30,
        (TaskList.RELEASE, TaskItem.MONEY_AFTER): 14,
        (TaskList.RELEASE, TaskItem.PAPERS): 14,
        (TaskList.RELEASE, TaskItem.HEALTH_AFTER): 14,
        (TaskList.RELEASE, TaskItem.NETWORK_TOLD): 3,
    }
)
_WITHOUT_A_HOME = frozenset(
    {
        Situation.STREET,
        Situation.SHELTER,
        Situation.NIGHT_SHELTER,
        Situation.FAMILY_FRIENDS,
        Situation.CAR,
        Situation.HOTEL_CAMPING,
    }
)


def dated(place: str) -> tuple[TaskList, ...]:
    """The lists whose tasks have a day of their own once it is known when the citizen comes home (I4, I8)."""
    way_out = WAY_OUT.get(place)
    return (TaskList.COMING_HOME, way_out) if way_out else (TaskList.COMING_HOME,)


def due_on(of: TaskList, item: TaskItem, home_on: date, today: date, closed: Collection[date] = ()) -> date | None:
    """The day a task is to be done by: a workday, never a day gone by."""
    days = _BEFORE.get((of, item))
    return None if days is None else max(today, workdays.moved(home_on - timedelta(days=days), 1, closed))


def has_home_to_keep(facts: Facts) -> bool:
    """In doubt there is one: a list that is not needed costs less than a home that is lost."""
    if facts.lost_home_on is not None:
        return False
    return bool(facts.home_in_use) or facts.situation not in _WITHOUT_A_HOME
