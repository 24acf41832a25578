"""Everything about the citizen, in words, and nothing of anybody else's."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from fieldapp.domain.access import citizen_scope
from fieldapp.domain.kinds import KINDS
from fieldapp.domain.sampling import Judgement, week_before
from fieldapp.errors import RecordError
from fieldapp.server import audit, extract, extract_names
from fieldapp.server.console.why import Why
from fieldapp.server.extract import DATA, TEXT, ExtractError
from fieldapp.store.tables import AccessRow, CitizenMergeRow, IntensityRow, NextStepRow, RespectRow, StepRow
from fieldapp.store.tables_life import ExportRow
from fieldapp.texts import language, use_language
from tests.server.keeping import audited, everything, quarantined
from tests.sync.parts import Device, World


@pytest.fixture
def freja(world: World) -> Device:
    return world.colleague("Freja Opfundet")


@pytest.fixture
def karim(world: World) -> Device:
    return world.colleague("Karim Opfundet")


@pytest.fixture(autouse=True)
def danish() -> Any:
    before = language()
    use_language("da")
    yield
    use_language(before)


@pytest.fixture
def citizen(world: World, freja: Device, karim: Device) -> str:
    """One about whom there is something of each sort."""
    citizen = freja.meet(
        "Åse Opfundet", full_name="Åse Opdigtet", cpr="010101-0000", phone="00000001", protected_address=True
    )
    freja.sync()
    world.share(citizen)
    world.converged(freja, karim)
    scope = citizen_scope(citizen)
    contact = freja.note(
        citizen, "Jeg vil have et bord.\nOg en stol.", professional_view="Rolig samtale", dimensions=["housing"],
        sensitive=True,
    )  # fmt: skip
    freja.note(citizen, "Rettet: to stole", corrects=contact)
    goal = freja.aim(citizen, "Min egen dør")
    freja.add(StepRow(goal=goal, text="Kigge på lamper", by="together", scope=scope))
    freja.add(
        NextStepRow(on=world.clock().date(), text="Kaffe på Kilden", agreed=True, worker=freja.worker, scope=scope)
    )
    freja.add(IntensityRow(level=4, from_on=world.clock().date(), reason="Ny i byen", scope=scope))
    freja.add(RespectRow(wishes=["text_only"], said_on=world.clock().date(), own_words="Ring ikke", scope=scope))
    struck = karim.note(citizen, "Skrevet på den forkerte")
    karim.void("contact", struck, "Det var en anden dag")
    world.converged(freja, karim)
    freja.edit("goal", goal, title="Min egen hoveddør")
    karim.edit("goal", goal, title="Min egen låge")
    world.clock.advance(hours=2)
    karim.add(AccessRow(opened_at=world.clock(), scope=scope))
    world.converged(freja, karim)
    erased = freja.note(citizen, "Skal ikke stå her")
    freja.sync()
    world.erase(erased)
    karim.note(citizen, "Sendt for sent")
    quarantined(world, karim, citizen)
    return citizen


@pytest.fixture
def other(freja: Device) -> str:
    """Somebody else's life, by the same worker."""
    other = freja.meet("Ida Fremmed", cpr="020202-0000", phone="00000002")
    freja.note(other, "Idas ord om hunden")
    freja.aim(other, "Idas mål")
    freja.sync()
    return other


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "to-hand-over"


WORDS = """
Åse Opfundet|Åse Opdigtet|010101-0000|00000001|Jeg vil have et bord.|Og en stol.|Rolig samtale|Rettet: to stole|
Kigge på lamper|Kaffe på Kilden|Ny i byen|Ring ikke|Skrevet på den forkerte|Det var en anden dag|Min egen hoveddør|
Min egen låge|Sendt for sent
"""


def test_it_holds_every_word(world: World, citizen: str, other: str, target: Path) -> None:
    world.office.extract(citizen, world.leader, target, Why.INSIGHT)
    words = [word.strip() for word in WORDS.split("|")]
    stored = everything(world.engine).replace("\\n", "\n").replace('""', '"')
    text, data = (target / TEXT).read_text(), json.dumps(json.loads((target / DATA).read_text()), ensure_ascii=False)
    for word in words:
        assert word in stored
        assert word in text, word
        assert word in data, word


def test_and_none_of_another(world: World, citizen: str, other: str, target: Path) -> None:
    world.office.extract(citizen, world.leader, target, Why.INSIGHT)
    for file in (TEXT, DATA):
        said = (target / file).read_text()
        for word in ("Ida", "020202", "00000002", "hunden", other, "Søren"):
            assert word not in said


def test_every_stored_value_of_the_citizens_is_in_the_data(world: World, citizen: str, target: Path) -> None:
    world.office.extract(citizen, world.leader, target, Why.INSIGHT)
    data = json.loads((target / DATA).read_text())
    stored = world.records([citizen_scope(citizen)])
    told = {id: r for id, r in world.records().items() if r.kind == "notice" and r.fields["citizen"] == citizen}
    assert {row["id"]: row["fields"] for row in data["records"]} == {id: r.fields for id, r in (stored | told).items()}
    assert [row["operation"]["fields"]["own_words"] for row in data["waiting"]] == ["Sendt for sent"]
    assert [bool(row["team"]) for row in data["assignments"]] == [False, True]
    assert {row["do"] for row in data["log"]} == {"add", "change", "void", "erase", "assign", "end_assignment"}


def test_it_is_readable(world: World, freja: Device, citizen: str, target: Path) -> None:
    world.office.extract(citizen, world.leader, target, Why.INSIGHT)
    text = (target / TEXT).read_text()
    for line in (
        "Det, der er gemt om en borger (databeskyttelsesforordningens artikel 15)",
        f"Lavet 25.11.2026 10.02 af Birgit Opfundet. Borgerens nummer her er {citizen}.",
        "1 optegnelse er slettet.",
        "Om borgeren, 25.11.2026 09.00, Freja Opfundet",
        "CPR-nummer: 010101-0000",
        "Beskyttet adresse: Ja",
        "Livsdimensioner: Bolig",
        "Markeret som følsomt: Ja",
        "Borgerens ord:",
        "    Jeg vil have et bord.",
        "    Og en stol.",
        "Retter: Kontakt, 25.11.2026 09.00",
        "Hører til målet: Min egen låge",
        "Målet i borgerens ord (Karim Opfundet): Min egen låge",
        "Intensitet: Tæt",
        "Ønsker: Kun sms",
        "Næste skridt, 25.11.2026 09.00, Freja Opfundet",
        "Medarbejder: Freja Opfundet",
        "Streget ud, fordi: Det var en anden dag",
        "Mål: Målet i borgerens ord, 25.11.2026 10.00",
        "Det, der stod (Karim Opfundet): Min egen låge",
        "Det, der blev gemt ved siden af (Freja Opfundet): Min egen hoveddør",
        "25.11.2026 11.00: Karim Opfundet",
    ):
        assert line in text.splitlines(), f"{line}\n\n{text}"
    assert "Birgit Opfundet, Slettede: Kontakt, står (borgeren har bedt om det)" in text
    assert "None" not in text and "quarantined" not in text


def test_the_log_tells_that_it_was_made(world: World, citizen: str, target: Path) -> None:
    world.office.extract(citizen, world.leader, target, Why.INSIGHT)
    [told] = audited(world, "extract")
    assert (told.worker, told.record, told.scope) == (world.leader, citizen, citizen_scope(citizen))
    assert told.why == "insight"
    world.office.extract(citizen, world.leader, target.with_name("again"), Why.INSIGHT)
    assert (
        "Lavede en udskrift: Om borgeren, står (borgeren har bedt om indsigt, rettelse eller sletning)"
        in (target.with_name("again") / TEXT).read_text()
    )


def test_it_is_for_its_owner_alone_and_over_nothing(world: World, citizen: str, target: Path) -> None:
    world.office.extract(citizen, world.leader, target, Why.INSIGHT)
    assert target.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in target.iterdir()} == {TEXT: 0o600, DATA: 0o600}
    assert sorted(path.name for path in target.parent.glob("*to-hand-over*")) == [target.name]
    before = (target / TEXT).read_bytes()
    with pytest.raises(ExtractError, match="exists"):
        world.office.extract(citizen, world.leader, target, Why.INSIGHT)
    assert (target / TEXT).read_bytes() == before
    assert len(audited(world, "extract")) == 1


def test_what_cannot_be_written_is_told(world: World, citizen: str, target: Path) -> None:
    with pytest.raises(ExtractError, match="not_written"):
        world.office.extract(citizen, world.leader, target / "deeper", Why.INSIGHT)
    assert not target.exists()


def test_only_a_leader_gets_it_and_only_of_one_who_is_there(
    world: World, freja: Device, citizen: str, target: Path
) -> None:
    with pytest.raises(RecordError, match="not_a_leader"):
        world.office.extract(citizen, freja.worker, target, Why.INSIGHT)
    world.erase_citizen(citizen)
    for unknown in ("abc", freja.worker, citizen):
        with pytest.raises(RecordError, match="unknown_citizen"):
            world.office.extract(unknown, world.leader, target, Why.INSIGHT)
    assert not target.exists() and audited(world, "extract") == []


def test_every_kind_and_field_has_a_name_to_be_read() -> None:
    kinds = [kind for kind in KINDS.values() if kind.ready and kind.scope == "citizen"]
    assert [kind.name for kind in kinds if extract_names.kind_name(kind.name) == kind.name] == []
    fields = {field.name for kind in kinds for field in kind.fields}
    assert [name for name in sorted(fields) if extract_names.field_name(name) == name] == []


def test_what_a_newer_app_has_sent_is_said_by_its_own_name() -> None:
    for name in (
        extract_names.kind_name,
        extract_names.field_name,
        extract_names.deed,
        extract_names.result,
        extract_names.reason,
    ):
        assert name("from_2031") == "from_2031"


def test_an_extract_of_nothing_is_whole_too(world: World, freja: Device, target: Path) -> None:
    citizen = freja.meet("Åse Opfundet")
    freja.sync()
    world.office.extract(citizen, world.leader, target, Why.INSIGHT)
    assert (target / TEXT).read_text().count("Intet.") == 5
    assert extract.TEXT != extract.DATA


def test_it_tells_who_opened_wrote_looked_at_it_and_had_it_out(
    world: World, freja: Device, karim: Device, target: Path
) -> None:
    """The citizen's own log: each that had to do with it, when, and why where a reason was asked for."""
    citizen = freja.meet("Åse Opfundet")
    freja.sync()
    office, scope = world.office, citizen_scope(citizen)
    office.by = world.leader
    office.join(world.leader, world.team)
    shared = office.assign(citizen, team=world.team)
    world.converged(freja, karim)
    for device in (freja, karim):
        device.add(AccessRow(opened_at=world.clock(), scope=scope))
    world.converged(freja, karim)
    office.hand_over(citizen, worker=karim.worker)
    office.deputize(karim.worker, freja.worker, world.clock(), world.clock() + timedelta(days=2))
    office.end_assignment(shared)
    with Session(world.engine) as session:
        session.add(
            audit.act(session, "look", world.leader, world.now(), citizen, kind="citizen", scope=scope, why="concern")
        )
        session.commit()
    world.clock.advance(days=7)
    week = week_before(world.now())
    [opening, _] = office.sample(world.leader, week)
    office.judge(world.leader, week, opening.id, Judgement.ASK, "Opdigtet: hvorfor den dag?")
    office.extract(citizen, world.leader, target.with_name("before"), Why.INSIGHT)
    office.extract(citizen, world.leader, target, Why.INSIGHT)
    text = (target / TEXT).read_text()
    for line in (
        "25.11.2026 09.00: Karim Opfundet",
        "25.11.2026 08.00, Karim Opfundet, Tilføjede: Åbnede siden, står",
        "25.11.2026 08.00, Birgit Opfundet, Tildelte: Ansvar, står",
        "25.11.2026 08.00, Birgit Opfundet, Overdrog: Ansvar, står",
        "25.11.2026 08.00, Birgit Opfundet, Satte en stedfortræder ind: Ansvar, står",
        "25.11.2026 08.00, Birgit Opfundet, Afsluttede: Ansvar, står",
        "25.11.2026 08.00, Birgit Opfundet, Så det på kontoret: Om borgeren, står (en bekymring eller en klage)",
        "2.12.2026 08.00, Birgit Opfundet, medarbejderen bliver spurgt hvorfor: Opdigtet: hvorfor den dag?",
        "2.12.2026 08.00, Birgit Opfundet, Lavede en udskrift: Om borgeren, står"
        " (borgeren har bedt om indsigt, rettelse eller sletning)",
    ):
        assert line in text.splitlines(), f"{line}\n\n{text}"
    log = json.loads((target / DATA).read_text())["log"]
    assert [row["do"] for row in log if row["worker"] == world.leader] == [
        *("assign", "hand_over", "deputize", "end_assignment", "look", "judge", "extract"),
    ]


def test_what_was_taken_out_of_the_app_is_in_the_log_and_in_the_extract(
    world: World, freja: Device, target: Path
) -> None:
    """Written down on the phone, and known on the server with who, what and when (law.md 5.3)."""
    citizen, other = freja.meet("Åse Opfundet"), freja.meet("Bent Opfundet")
    freja.sync()
    for form in ("pdf", "csv"):
        freja.add(ExportRow(exported_at=world.clock(), what="plan", form=form, scope=citizen_scope(citizen)))
    freja.sync()
    log = [row for row in audited(world, "add") if row.kind == "export"]
    assert [(row.worker, row.scope) for row in log] == [(freja.worker, citizen_scope(citizen))] * 2
    world.office.extract(citizen, world.leader, target, Why.INSIGHT)
    text = (target / TEXT).read_text()
    assert "Freja Opfundet, Tilføjede: Udtræk fra appen, står" in text and "Planen" in text
    world.office.extract(other, world.leader, target.with_name("other"), Why.INSIGHT)
    assert "Planen" not in (target.with_name("other") / TEXT).read_text()


def test_it_is_of_all_that_are_the_same_person(world: World, freja: Device, target: Path) -> None:
    kept, twice = freja.meet("Marek Opfundet"), freja.meet("Mareck Opfundet")
    freja.note(twice, "Opdigtet: ved kajen")
    freja.sync()
    freja.add(CitizenMergeRow(on=world.clock().date(), same_as=kept, scope=citizen_scope(twice)))
    freja.sync()
    for citizen in (kept, twice):
        folder = target.with_name(citizen)
        world.office.extract(citizen, world.leader, folder, Why.INSIGHT)
        text = (folder / TEXT).read_text()
        assert "Marek Opfundet" in text and "Mareck Opfundet" in text and "ved kajen" in text
