"""What leaves the app as a file: nobody in its name, written down before it goes, read by other programs."""

import shutil
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path

import duckdb
import pypdfium2
import pytest
from sqlmodel import col, select

from fieldapp.actions import assessments, contacts, coping, entries, exports, plans
from fieldapp.actions.assessments import NoteForm, UsesForm
from fieldapp.actions.contacts import ContactForm
from fieldapp.actions.coping import CopingForm
from fieldapp.actions.plans import RelativeForm
from fieldapp.domain.spreadsheet import table
from fieldapp.store.tables_life import ExportRow
from tests.desks import KARIM, a_row, arrive, seed
from tests.examples import NOW, TODAY, an_id
from tests.gates import Door, NoPlatform
from tests.views.conftest import Behind


@pytest.fixture
def aase(door: Door) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed(desk, "Åse", met=(2,))))
    return ids[0]


def words_of(file: bytes) -> str:
    opened = pypdfium2.PdfDocument(file)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in opened)
    finally:
        opened.close()


async def test_a_file_of_notes_says_nobody_in_its_name_and_is_marked(door: Door, behind: Behind, aase: str) -> None:
    desk = door.desk
    assert desk is not None
    contacts.note(desk, aase, ContactForm(own_words="Æblegrød på lørdag", to_case_system=True))
    contacts.note(desk, aase, ContactForm(own_words="Det svære", sensitive=True, to_case_system=True))
    arrive(desk, a_row("own_words", aase, aspect="dream", text="En altan", said_on=TODAY))
    async with behind(door, f"/citizen/{aase}/export") as app:
        assert any("ikke krypteret" in each for each in app.texts())
        for name in ("file-contacts-pdf", "file-contacts-csv", "file-plan-pdf"):
            await app.tap(name)
        names = [name for name, _data in door.platform.files]
        assert names == ["notater.pdf", "notater.csv", "plan.pdf"]
        pdf, csv, plan = (data for _name, data in door.platform.files)
        assert "Æblegrød på lørdag" in words_of(pdf) and "Det svære" not in words_of(pdf)
        assert "Æblegrød på lørdag".encode() in csv and "Det svære".encode() not in csv
        assert words_of(plan).startswith("Åse Med Åses egne ord Drømmer om: En altan")
        await app.tap("take-sensitive")
        await app.tap("file-contacts-csv")
        assert "Det svære".encode() in door.platform.files[-1][1]
        assert len(exports.waiting(desk)) == 2, "a file is no transfer"
        await app.tap("transferred")
        assert exports.waiting(desk) == ()
    assert table(("a",), []).startswith(b"\xef\xbb\xbf")


async def test_a_talk_that_reaching_out_became_is_among_the_notes(door: Door, behind: Behind, aase: str) -> None:
    """Only what became a talk: an attempt alone is no note."""
    desk = door.desk
    assert desk is not None
    said = {"occurred_at": NOW, "way": "call"}
    arrive(desk, a_row("attempt", aase, **said, outcome="talked", text="Om huslejen"))
    arrive(desk, a_row("attempt", aase, **said, outcome="no_answer"))
    async with behind(door, f"/citizen/{aase}/export") as app:
        await app.tap("file-contacts-csv")
        await app.tap("file-contacts-pdf")
    csv, pdf = (data for _name, data in door.platform.files)
    heads, *told = read_by_a_spreadsheet(csv)
    [talk] = [row for row in told if row[heads.index("Hvad det handlede om")]]
    assert len(told) == 2 and talk[heads.index("Hvad det handlede om")] == "Om huslejen"
    assert talk[heads.index("Hvad")] == "Ring: Vi talte"
    assert "Ring: Vi talte" in words_of(pdf) and "Om huslejen" in words_of(pdf)


async def test_the_plan_that_leaves_is_the_plan(door: Door, behind: Behind, aase: str) -> None:
    """Goals with their steps, who and when; who decided; when it is looked at again; what a meeting agreed (F6)."""
    desk = door.desk
    assert desk is not None
    soon, goal = TODAY + timedelta(days=9), an_id()
    arrive(
        desk,
        a_row("own_words", aase, aspect="dream", text="En altan", said_on=TODAY),
        a_row("goal", aase, id=goal, dimension="housing", title="Min egen dør", decided_by="together"),
        a_row("goal", aase, id=an_id(), dimension="finances", title="Et budget", decided_by="proposed"),
        a_row("step", aase, goal=goal, text="Kigge på lamper", by="worker", due_on=soon),
        a_row("plan_reference", aase, type="section_141", purpose="Et hjem", made_on=TODAY, review_on=soon),
        a_row(
            "coordination_meeting", aase, form="coordination", on=TODAY, held=True, with_whom="Åse og Bo Opfundet",
            text="Bo ringer til banken; Åse er med.",
        ),
        a_row("other_plan", aase, type="treatment", what="Metadon", review_on=soon),
    )  # fmt: skip
    async with behind(door, f"/citizen/{aase}/export") as app:
        await app.tap("file-plan-pdf")
        await app.tap("file-plan-csv")
        assert [name for name, _data in door.platform.files] == ["plan.pdf", "plan.csv"]
    pdf, csv = (data for _name, data in door.platform.files)
    cells = [cell for row in read_by_a_spreadsheet(csv) for cell in row]
    for words in (
        "En altan",
        "Min egen dør · Bestemt af: Sammen",
        "Et budget · Foreslået",
        "Kigge på lamper · Støttepersonen · 4. december 2026",
        "Bo ringer til banken; Åse er med.",
        "4. december 2026",
        "Metadon · Ses igennem 4. december 2026.",
    ):
        assert words in words_of(pdf), words
        assert words in cells, words


async def test_f1_what_was_found_out_leaves_for_the_authority(door: Door, behind: Behind, aase: str) -> None:
    desk = door.desk
    assert desk is not None
    async with behind(door, f"/citizen/{aase}/export") as app:
        assert "file-assessment-pdf" not in app.identifiers(), "nothing was found out yet"
    assessments.add(desk, aase, "finances", NoteForm("Betaler sin husleje", "Hjælp til gælden"))
    assessments.set_uses(desk, aase, UsesForm("some_degree", "Banken hjælper"))
    async with behind(door, f"/citizen/{aase}/export") as app:
        await app.tap("file-assessment-pdf")
        await app.tap("file-assessment-csv")
        names = [name for name, _data in door.platform.files]
        assert names == ["udredning.pdf", "udredning.csv"]
    pdf, csv = (data for _name, data in door.platform.files)
    said = words_of(pdf)
    assert said.index("Betaler sin husleje") < said.index("Hjælp til gælden") and "Banken hjælper" in said
    [heads, finances, _uses] = read_by_a_spreadsheet(csv)
    assert heads == ("Borger", "Livsdimensioner", "Dag", "Ressourcer", "Støttebehov")
    assert finances == ("Åse", "Økonomi", "25. november 2026", "Betaler sin husleje", "Hjælp til gælden")
    assert left(door) == [(f"citizen:{aase}", "assessment", form) for form in ("pdf", "csv")]


async def test_what_was_taken_out_is_seen_where_it_is_taken(door: Door, behind: Behind, aase: str) -> None:
    desk = door.desk
    assert desk is not None
    bent = seed(desk, "Bent")
    contacts.note(desk, aase, ContactForm(own_words="Kaffe", to_case_system=True))
    long_ago = NOW - timedelta(days=1)
    arrive(desk, a_row("export", bent, long_ago, KARIM, exported_at=long_ago, what="plan", form="pdf"))
    async with behind(door, f"/citizen/{aase}/export") as app:
        assert not any(text.startswith("Taget ud") for text in app.texts())
        await app.tap("file-contacts-csv")
        assert app.texts().count("Taget ud i dag af Freja Sivmose") == 1
        await app.go(f"/citizen/{bent}/export")
        assert [text for text in app.texts() if text.startswith("Taget ud")] == ["Taget ud i går af Karim Lyngå"]
        await app.go("/more/export")
        assert not any(text.startswith("Taget ud") for text in app.texts())
        await app.tap("file-day-pdf")
        assert "Taget ud i dag af Freja Sivmose" in app.texts()


def read_by_a_spreadsheet(file: bytes) -> list[tuple[str, ...]]:
    """As another program reads it: DuckDB, told no more than whoever opens it by hand."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(file)
        wanted = "SELECT * FROM read_csv(?, header=false, all_varchar=true, delim=';')"
        found = duckdb.execute(wanted, [str(path)]).fetchall()
    return [tuple(cell or "" for cell in row) for row in found]


def words_by_pdftotext(file: bytes) -> str | None:
    """None where poppler-utils, which the tests do without, is not installed."""
    if shutil.which("pdftotext") is None:
        return None
    told = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=file, capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())


async def test_other_programs_read_every_file_the_app_makes(door: Door, behind: Behind, aase: str) -> None:
    desk = door.desk
    assert desk is not None
    said = 'Æblegrød, "fløde"; på lørdag\n=1+1'
    contacts.note(desk, aase, ContactForm(own_words=said, to_case_system=True))
    async with behind(door, f"/citizen/{aase}/export") as app:
        await app.tap("file-contacts-csv")
        await app.tap("file-contacts-pdf")
        await app.go("/more/export")
        await app.tap("file-day-csv")
        await app.tap("file-day-pdf")
    files = dict(door.platform.files)
    for name, rows in (("notater.csv", 2), ("dagens-notater.csv", 1)):
        heads, *told = read_by_a_spreadsheet(files[name])
        assert heads[0] == "Borger" and "Skal også i fagsystemet" in heads and len(told) == rows, name
        note = next(row for row in told if row[heads.index("Borgerens ord")])
        assert note[0] == "Åse" and note[heads.index("Borgerens ord")] == said.replace("\n", "\n")
        assert note[heads.index("Skal også i fagsystemet")] == "Ja" and note[heads.index("I fagsystemet")] == ""
    for name in ("notater.pdf", "dagens-notater.pdf"):
        for words in (words_of(files[name]), words_by_pdftotext(files[name])):
            assert words is None or 'Æblegrød, "fløde"; på lørdag' in words, name


async def test_the_daily_export_has_everybodys_and_then_nothing(door: Door, behind: Behind, aase: str) -> None:
    desk = door.desk
    assert desk is not None
    bent = seed(desk, "Bent")
    for citizen in (aase, bent):
        contacts.note(desk, citizen, ContactForm(own_words="Kaffe på Kilden", to_case_system=True))
    async with behind(door, "/more") as app:
        await app.tap("more-export")
        assert any("ikke krypteret" in each for each in app.texts()), "said where it leaves"
        await app.tap("file-day-csv")
        assert sorted(left(door)) == sorted((f"citizen:{each}", "day", "csv") for each in (aase, bent))
        [(name, data)] = door.platform.files
        assert name == "dagens-notater.csv" and data.count("Kaffe på Kilden".encode()) == 2
        await app.tap("transferred")
        assert "Alt det, du har mærket, står i fagsystemet." in app.all_text()
        await app.tap("Fortryd")
        assert "Bent" in app.texts()


def left(door: Door) -> list[tuple[str, str, str]]:
    """Scope, what and form of what is written down as gone out."""
    assert door.desk is not None
    with door.desk.store.reading() as session:
        rows = session.exec(select(ExportRow).where(col(ExportRow.void_reason).is_(None))).all()
        return [(row.scope, row.what, row.form) for row in rows]


def lying_about(folder: Path, *said: bytes) -> list[Path]:
    files = [each for each in folder.rglob("*") if each.is_file()]
    return [each for each in files if any(words in each.read_bytes() for words in said)]


async def test_what_leaves_is_written_down_before_it_does_and_nothing_of_it_lies_on_the_disk(
    door: Door, behind: Behind, aase: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is locked or killed while they choose a place has it in the log; a machine that cannot has not."""
    desk, aside = door.desk, tmp_path / "aside"
    assert desk is not None
    aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    contacts.note(desk, aase, ContactForm(own_words="Æblegrød på lørdag", to_case_system=True))
    known: list[list[tuple[str, str, str]]] = []

    class Chooses(NoPlatform):
        can: bool | None = True

        async def save_file(self, name: str, data: bytes) -> bool | None:
            known.append(left(door))
            return self.can

    door.platform = Chooses()
    async with behind(door, f"/citizen/{aase}/export") as app:
        for name in ("file-contacts-pdf", "file-contacts-csv", "file-plan-pdf"):
            await app.tap(name)
            assert "Filen er lavet." in app.texts()
        went = [(f"citizen:{aase}", *each) for each in (("contacts", "pdf"), ("contacts", "csv"), ("plan", "pdf"))]
        assert known == [went[:1], went[:2], went], "known when it goes"
        Chooses.can = False
        await app.tap("file-contacts-pdf")
        assert "Denne maskine kan ikke gemme filen." in app.texts() and left(door) == went
        Chooses.can = None
        await app.tap("file-plan-pdf")
        assert "Filen er lavet." not in app.texts() and left(door) == went, "no place was chosen"
    assert list(aside.iterdir()) == []
    assert not lying_about(tmp_path, "Æblegrød".encode(), b"%PDF")


async def test_only_what_was_shown_is_said_to_stand_there(door: Door, behind: Behind, aase: str) -> None:
    """What is sensitive was in no file: it goes on waiting."""
    assert door.desk is not None
    contacts.note(door.desk, aase, ContactForm(own_words="Kaffe", to_case_system=True))
    contacts.note(door.desk, aase, ContactForm(own_words="Det svære", sensitive=True, to_case_system=True))
    async with behind(door, "/more/export") as app:
        assert "Tag 1 følsomt notat med" in app.texts()
        await app.tap("transferred")
        [waits] = exports.waiting(door.desk, sensitive=True)
        assert waits.moment.own_words == "Det svære"
        await app.tap("take-sensitive")
        await app.tap("file-day-csv")
        assert "Det svære".encode() in door.platform.files[-1][1]
        await app.tap("transferred")
    assert exports.waiting(door.desk) == ()


async def test_nothing_private_is_lost_by_what_stands_on_paper(door: Door, behind: Behind, aase: str) -> None:
    desk = door.desk
    assert desk is not None
    contacts.note(desk, aase, ContactForm(own_words="Привет", to_case_system=True))
    entries.keep(desk, aase, plans.RELATIVE, RelativeForm("Bo", circle="private"))
    coping.keep(desk, aase, CopingForm(signs="x"))
    async with behind(door, f"/citizen/{aase}/export") as app:
        await app.tap("file-contacts-pdf")
        assert any("Nogle bogstaver kan ikke skrives ud" in each for each in app.texts())
        await app.tap("file-plan-pdf")
        assert not any("Nogle bogstaver kan ikke skrives ud" in each for each in app.texts()), "in the plan they can"
