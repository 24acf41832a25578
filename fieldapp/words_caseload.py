"""What a caseload is called, on the phone and for the leader: a sentence for every mix, and never a block."""

from collections.abc import Mapping

from fieldapp.domain.caseload import DEFAULT, Caseload, CaseloadRules, Note, OfMethod, TeamLoad
from fieldapp.domain.values import Method
from fieldapp.texts import _, language, ngettext
from fieldapp.words import word


def said(load: Caseload) -> str:
    """*7 of 8 citizens*; with several methods each with its own ceiling, and with ACT those of the team beside."""
    together = _("{count} with ACT in the team together", count=load.by_team)
    if load.by_team and not load.citizens:
        return together
    return f"{_own(load)} · {together}" if load.by_team else _own(load)


def act_rule(rules: CaseloadRules = DEFAULT) -> str:
    """Both conditions of ACT: they are the team's, and no ceiling for one worker (000 §4.5.1; C12)."""
    numbers = {"average": rules.act, "near": rules.team_near, "most": rules.team_most}
    return _(
        "ACT: on average at most {average} citizens for each worker, and at most about {near}-{most} in a full team. "
        "Your leader sees how it stands.",
        **numbers,
    )


def _own(load: Caseload) -> str:
    if load.ceiling is not None:
        return _("{count} of {ceiling} citizens", count=load.citizens, ceiling=load.ceiling)
    whole = ngettext("{count} citizen", "{count} citizens", load.citizens)
    parts = ", ".join(_part(each) for each in load.methods)
    return f"{whole}: {parts}" if parts else whole


def own_notes(load: Caseload) -> tuple[str, ...]:
    """What the worker may talk with the leader about."""
    return _notes(
        load,
        {
            Note.OVER: _("{count} citizens, the ceiling is {ceiling}. Talk to your leader.", **_numbers(load))
            if load.ceiling is not None
            else _("More citizens than the methods make room for. Talk to your leader."),
            Note.SEVERAL_METHODS: _("Several methods at once. Talk to your leader about how many citizens fit."),
            Note.MOVING_IN: _(
                "{moving} are moving in at once. Talk to your leader about fewer citizens for now.", **_numbers(load)
            ),
        },
    )


def leader_notes(load: Caseload) -> tuple[str, ...]:
    """The same, for the leader."""
    return _notes(
        load,
        {
            Note.OVER: _("{count} citizens, the ceiling is {ceiling}. Talk about what would help.", **_numbers(load))
            if load.ceiling is not None
            else _("More citizens than the methods make room for. Talk about what would help."),
            Note.SEVERAL_METHODS: _("Several methods at once. A worker works best by one of them."),
            Note.MOVING_IN: _("{moving} are moving in at once. Talk about fewer citizens for now.", **_numbers(load)),
        },
    )


def team_said(team: TeamLoad) -> str:
    """Both conditions beside each other: the average, and the total of a full team (C12)."""
    if team.average is None:
        return _("{count} citizens with ACT, and no workers", count=team.citizens)
    average = _decimal(team.average)
    said = _("{average} citizens for each worker; on average at most {ceiling}", average=average, ceiling=team.ceiling)
    if team.most is None:
        return said
    total = _("{count} in the team; at most about {near}-{most}", count=team.citizens, near=team.near, most=team.most)
    return f"{said}. {total}"


def team_notes(team: TeamLoad) -> tuple[str, ...]:
    sentences = {
        Note.TEAM_AVERAGE: _("More than {ceiling} for each worker on average.", ceiling=team.ceiling),
        Note.TEAM_NEAR: _("{count} citizens: a full team has at most about {near}-{most}.", **_totals(team)),
        Note.TEAM_OVER: _("{count} citizens: more than the {most} a full team has room for.", **_totals(team)),
    }
    return tuple(sentences[note] for note in team.notes)


def _part(each: OfMethod) -> str:
    name = word(Method, each.method)
    if each.ceiling is None:
        return _("{count} with {method}", count=each.citizens, method=name)
    return _("{count} with {method} (ceiling {ceiling})", count=each.citizens, method=name, ceiling=each.ceiling)


def _notes(load: Caseload, sentences: Mapping[Note, str]) -> tuple[str, ...]:
    return tuple(sentences[note] for note in load.notes)


def _numbers(load: Caseload) -> dict[str, object]:
    return {"count": load.citizens, "ceiling": load.ceiling, "moving": load.moving_in}


def _totals(team: TeamLoad) -> dict[str, object]:
    return {"count": team.citizens, "near": team.near, "most": team.most}


def _decimal(average: float) -> str:
    """With one decimal, as the language writes it."""
    plain = f"{average:.1f}".removesuffix(".0")
    return plain.replace(".", ",") if language() == "da" else plain
