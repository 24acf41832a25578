"""T18, law.md 5.3: what belongs in the municipality's own system, what stands there, and that it left the app."""

from datetime import timedelta

from sqlmodel import select

from fieldapp.actions import contacts, exports
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.desk import Desk
from fieldapp.domain.values_life import Exported
from fieldapp.store.tables_life import ExportRow, TransferRow
from tests.desks import Clock, a_row, arrive, seed


def a_note(desk: Desk, citizen: str, words: str, *, belongs: bool = True, sensitive: bool = False) -> str:
    form = ContactForm(own_words=words, to_case_system=belongs, sensitive=sensitive)
    return contacts.note(desk, citizen, form).id


def test_what_was_marked_waits_until_somebody_says_it_stands_there(desk: Desk, clock: Clock) -> None:
    aase, bent = seed(desk, "Åse"), seed(desk, "Bent")
    first, second = a_note(desk, aase, "Æbler"), a_note(desk, bent, "Kaffe")
    a_note(desk, bent, "Bare hyggeligt", belongs=False)
    assert [(each.id, each.name) for each in exports.waiting(desk)] == [(second, "Bent"), (first, "Åse")]
    clock.move(hours=1)
    saved = exports.transferred(desk, exports.waiting(desk))
    assert exports.waiting(desk) == ()
    assert [each.transferred_at for each in exports.of_citizen(desk, aase)] == [clock.now]
    assert exports.transferred(desk, exports.of_citizen(desk, aase)) is None, "once is enough"
    assert saved is not None
    contacts.undo(desk, saved)
    assert len(exports.waiting(desk)) == 2


def test_a_correction_waits_in_the_place_of_what_it_corrects(desk: Desk, clock: Clock) -> None:
    aase = seed(desk, "Åse")
    first = a_note(desk, aase, "Tirsdag")
    exports.transferred(desk, exports.waiting(desk))
    form = contacts.form_of(desk, first)
    form.own_words = "Onsdag"
    clock.move(minutes=5)
    contacts.note(desk, aase, form)
    assert [each.moment.own_words for each in exports.waiting(desk)] == ["Onsdag"]
    form = contacts.form_of(desk, exports.waiting(desk)[0].id)
    form.to_case_system = False
    clock.move(minutes=5)
    contacts.note(desk, aase, form)
    assert exports.waiting(desk) == (), "the mark was taken off"


def test_what_is_there_already_waits_no_more_whoever_of_two_said_so_first(desk: Desk, clock: Clock) -> None:
    """A colleague's mark arrives while it is read here: one transfer, at the first time."""
    aase = seed(desk, "Åse")
    note = a_note(desk, aase, "Æbler")
    shown = exports.waiting(desk)
    arrive(desk, a_row("transfer", aase, transferred_at=clock.now, contact=note))
    assert exports.waiting(desk) == () and exports.transferred(desk, shown) is None
    assert [each.id for each in shown] == [note]


def test_what_is_sensitive_says_nothing_until_it_is_asked_for(desk: Desk) -> None:
    aase = seed(desk, "Åse")
    a_note(desk, aase, "Det svære", sensitive=True)
    assert [each.moment.own_words for each in exports.waiting(desk)] == [None]
    assert [each.moment.own_words for each in exports.waiting(desk, sensitive=True)] == ["Det svære"]


def test_that_something_left_the_app_is_a_record_with_each_citizen(desk: Desk) -> None:
    aase, bent = seed(desk, "Åse"), seed(desk, "Bent")
    exports.exported(desk, [aase, bent, aase], Exported.DAY, "csv")
    with desk.store.reading() as session:
        rows = session.exec(select(ExportRow)).all()
        assert sorted(row.scope for row in rows) == sorted(f"citizen:{each}" for each in (aase, bent))
        assert {(row.what, row.form, row.exported_at) for row in rows} == {("day", "csv", desk.now())}
        assert session.exec(select(TransferRow)).all() == [], "a file is no transfer"


def test_old_notes_are_there_too(desk: Desk, clock: Clock) -> None:
    aase = seed(desk, "Åse", met=tuple(range(1, 400, 3)))
    assert len(exports.of_citizen(desk, aase)) == 133
    days = [each.moment.at for each in exports.of_citizen(desk, aase)]
    assert days == sorted(days) and days[-1] - days[0] > timedelta(days=390)
