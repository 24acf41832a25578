"""T13, T9: the professionals around a citizen, the boform's contact person among them."""

import pytest

from fieldapp.actions import absences, contacts, professionals
from fieldapp.actions.desk import Desk
from fieldapp.actions.professionals import ProfessionalForm
from fieldapp.errors import RecordError
from tests.desks import seed


def names(desk: Desk, citizen: str) -> list[str]:
    return [each.name for each in professionals.read(desk, citizen) if each.ended_on is None]


def test_a_professional_is_noted_with_sector_changed_and_ended(desk: Desk) -> None:
    citizen = seed(desk)
    form = ProfessionalForm("Bente Opfundet", "Sygeplejerske", "region", "00 00 00 71", "Ring før kl. 9")
    saved = professionals.add(desk, citizen, form)
    professionals.add(desk, citizen, ProfessionalForm("Asta Opfundet", "Sagsbehandler", "municipality"))
    assert names(desk, citizen) == ["Asta Opfundet", "Bente Opfundet"], "by sector"
    professionals.change(desk, saved.id, ProfessionalForm("Bente Opfundet", "Afdelingssygeplejerske", "region"))
    bente = professionals.read(desk, citizen)[1]
    assert (bente.job, bente.phone) == ("Afdelingssygeplejerske", None)
    ended = professionals.end(desk, saved.id)
    assert names(desk, citizen) == ["Asta Opfundet"]
    assert len(professionals.read(desk, citizen)) == 2, "stays readable"
    contacts.undo(desk, ended)
    assert len(names(desk, citizen)) == 2


def test_a_name_is_all_it_takes(desk: Desk) -> None:
    citizen = seed(desk)
    professionals.add(desk, citizen, ProfessionalForm("Vagthavende"))
    with pytest.raises(RecordError, match="missing"):
        professionals.add(desk, citizen, ProfessionalForm(job="Læge"))


def test_the_boforms_contact_person_stands_where_the_citizen_is(desk: Desk) -> None:
    """T9."""
    citizen = seed(desk)
    professionals.add(desk, citizen, ProfessionalForm("Ib Opfundet", "Kontaktperson", "shelter"))
    professionals.add(desk, citizen, ProfessionalForm("Asta Opfundet", "Sagsbehandler", "municipality"))
    absences.go(desk, citizen, absences.AwayForm(place="shelter_110"))
    shown = absences.read(desk, citizen)
    assert shown is not None and shown.away is not None
    assert [each.name for each in shown.away.there] == ["Ib Opfundet"]
