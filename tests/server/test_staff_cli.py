"""`fieldapp admin` on workers: what they are in the team, who stands in, what they work by, who supports how many."""

from datetime import UTC, datetime

import pytest

from tests.server.people import Clock, Phone
from tests.server.test_caseload import meet
from tests.server.test_cli import Run, run, said

__all__ = ["run"]  # the fixture


@pytest.fixture(autouse=True)
def as_late_as_the_command(clock: Clock) -> None:
    """The command line goes by the machine's own clock."""
    clock.now = datetime.now(UTC)


def test_a_role_and_a_usual_deputy_reach_the_team(run: Run, freja: Phone, karim: Phone) -> None:
    words = said(run("admin", "describe", "Freja Opfundet", "--role", "nurse_somatic", "--deputy", "karim opfundet"))
    assert words == "Saved. The team's phones get it at their next contact with the server."
    [told] = [row.fields for row in karim.catch_up().values() if row.fields.get("worker") == freja.enrolled.worker]
    assert (told["role"], told["deputy"], told["job"]) == ("nurse_somatic", karim.enrolled.worker, "CTI-medarbejder")
    said(run("admin", "describe", "Freja Opfundet", "--deputy", "", "--name", "Freja Nynavn"))
    [told] = [row.fields for row in karim.catch_up().values() if row.fields.get("worker") == freja.enrolled.worker]
    assert "deputy" not in told and told["name"] == "Freja Nynavn"


def test_what_cannot_be_is_a_sentence(run: Run, freja: Phone, stranger: Phone) -> None:
    for more, sentence in (
        (("--role", "king"), "That cannot be: role. Nothing was changed."),
        (("--name", " "), "Give a name."),
        (("--deputy", "Freja Opfundet"), "A deputy is somebody else."),
        (("--deputy", "Søren Opfundet"), "A deputy is a colleague in the same team."),
    ):
        assert said(run("admin", "describe", "Freja Opfundet", *more), 1) == sentence
    assert run("admin", "method", "Freja Opfundet", "yoga").exit_code == 2


def test_c15_c19_a_second_method_and_a_missing_course_are_noted(run: Run, freja: Phone) -> None:
    assert said(run("admin", "method", "Freja Opfundet", "cti", "--course", "2026-03-02")) == "Saved."
    assert said(run("admin", "method", "Freja Opfundet", "icm")).splitlines() == [
        "Saved.",
        "Several methods at once. A worker works best by one of them.",
        "No course noted: ICM",
    ]
    assert said(run("admin", "method", "Freja Opfundet", "icm", "--no-more")) == "Saved."


def test_acceptance_9_whoever_assigns_the_eleventh_reads_it_and_it_is_done(
    run: Run, freja: Phone, karim: Phone, clock: Clock
) -> None:
    meet(freja, 10)
    [eleventh] = meet(karim, 1)
    lines = said(run("admin", "hand-over", eleventh, "--worker", "Freja Opfundet")).splitlines()
    assert lines[1:] == ["11 citizens, the ceiling is 10. Talk about what would help."]
    clock.advance(minutes=1)
    [twelfth] = meet(karim, 1)
    lines = said(run("admin", "assign", twelfth, "--worker", "Freja Opfundet")).splitlines()
    assert lines[1:] == ["12 citizens, the ceiling is 10. Talk about what would help."]


def test_e9_the_overview_names_workers_and_teams_and_no_citizen(run: Run, freja: Phone, karim: Phone) -> None:
    said(run("admin", "unit", "Opfundet team", "Udekørende"))
    said(run("admin", "method", "Freja Opfundet", "cti"))
    meet(freja, 5, "cti", situation="street", known_as="Hemmelig Opfundet")
    [waits] = meet(karim, 1, None, known_as="Hemmelig Opfundet")
    words = said(run("admin", "caseload"))
    assert words.splitlines()[:4] == [
        "6 citizens",
        "",
        "Opfundet team (Udekørende)",
        "  Freja Opfundet: 5 of 10 citizens",
    ]
    assert [line.split()[-2:] for line in words.splitlines() if line.startswith(waits)] == [["Karim", "Opfundet"]]
    assert "of 6 have a next step that is not overdue" in words
    assert "Only one method here." in words
    assert "Hemmelig" not in words


def test_d11_which_methods_there_are_here_and_only_one_is_noted(run: Run, freja: Phone, karim: Phone) -> None:
    noted = "Only one method here. A municipality does best to offer all three."
    assert noted not in said(run("admin", "caseload")), "nobody has said yet which they are"
    said(run("admin", "method", "Freja Opfundet", "act"))
    said(run("admin", "method", "Karim Opfundet", "act_modified"))
    assert noted in said(run("admin", "caseload")), "ACT and its modified form are one"
    said(run("admin", "method", "Karim Opfundet", "cti"))
    assert noted not in said(run("admin", "caseload"))
