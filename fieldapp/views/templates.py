"""*Tekster*: the app's texts to citizens and the team's own; what is wrong with one is said in a sentence."""

from dataclasses import dataclass

import flet as ft

from fieldapp.actions import contacts, templates
from fieldapp.actions.desk import Saved
from fieldapp.actions.templates import AppText, TeamText
from fieldapp.actions.templates import Texts as AllTexts
from fieldapp.domain.texts_to_citizens import Problem
from fieldapp.domain.values import Way
from fieldapp.domain.values_day import LocalText
from fieldapp.texts import _, ngettext
from fieldapp.views import notices, paths, theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, page_head
from fieldapp.views.draft_words import draft_line
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.gone import gone
from fieldapp.views.greetings import TAGS
from fieldapp.views.guard import shielded
from fieldapp.views.parts import button, icon_disc, space
from fieldapp.views.rows import choice, group, row, section
from fieldapp.views.state import Screen, use_reading, use_screen
from fieldapp.words import named, word

_ICONS = {Way.TEXT: ft.Icons.SMS_OUTLINED, Way.NOTE: ft.Icons.STICKY_NOTE_2_OUTLINED}
_NEW = {Way.TEXT: "new-text", Way.NOTE: "new-note"}


@dataclass
class TemplateForm:
    text: str = ""
    about: str = ""
    way: str = Way.TEXT.value
    begun: bool = False


@ft.component
@shielded
def Templates() -> ft.Control:
    screen = use_screen()
    all_texts = use_reading(templates.read)
    body: list[ft.Control] = [page_head(_("Texts"), _("What you can send, or leave at a door"))]
    if not all_texts.can_change:
        body += [space(theme.L), note(_("You can write your own once you are in a team."), ft.Icons.GROUPS_OUTLINED)]
    for way in templates.WAYS:
        body += _section(way, all_texts, screen)
    body += [section(_("What you have agreed")), group([_local(which, screen) for which in _LOCAL])]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="templates")


_LOCAL = (
    LocalText.CONCERN,
    LocalText.CHILD,
    LocalText.OTHER_MESSAGES,
    LocalText.DISCHARGE,
    LocalText.RELEASE,
)


def _section(way: Way, all_texts: AllTexts, screen: Screen) -> list[ft.Control]:
    ours = [_ours(each, screen) for each in all_texts.ours if each.way == way]
    apps = [_app(each, screen) for each in all_texts.app if each.way == way]
    new = row(
        _("Write one of your own"),
        lead=icon_disc(ft.Icons.ADD),
        call=lambda: _open(screen, _NEW[way]),
        identifier=f"template-{_NEW[way]}",
    )
    return [section(_kind(way)), group([*([new] if all_texts.can_change else []), *ours, *apps])]


def _kind(way: Way) -> str:
    return _("Note at the door") if way == Way.NOTE else word(Way, way)


def _ours(each: TeamText, screen: Screen) -> ft.Container:
    wrong = " ".join(sentence(problem) for problem in each.problems)
    title = each.about or _("Your own")
    meta = _("Not offered. {why}", why=wrong) if wrong else None
    return row(
        title,
        each.text,
        meta,
        lead=icon_disc(ft.Icons.GROUPS_OUTLINED, "honey"),
        call=lambda: _open(screen, each.id),
        identifier=f"template-{each.id}",
        meta_icon=ft.Icons.INFO_OUTLINE,
    )


def _app(each: AppText, screen: Screen) -> ft.Container:
    meta = _("You use your own instead") if each.replaced else None
    return row(
        named(TAGS[each.code][0]) if each.code in TAGS else _("From the app"),
        each.text,
        meta,
        lead=icon_disc(_ICONS[Way(each.way)]),
        call=lambda: _open(screen, each.code),
        identifier=f"template-{each.code}",
        meta_icon=ft.Icons.SWAP_HORIZ,
    )


def _local(which: LocalText, screen: Screen) -> ft.Container:
    return row(
        word(LocalText, which),
        lead=icon_disc(ft.Icons.MENU_BOOK_OUTLINED),
        call=lambda: _open(screen, f"local/{which}"),
        identifier=f"local-{which}",
    )


def _open(screen: Screen, then: str) -> None:
    screen.open(f"{paths.TEXTS}/{then}")


def sentence(problem: Problem) -> str:
    """What is wrong, and which word."""
    match problem.what:
        case "empty":
            return _("Write a few words first.")
        case "forbidden":
            return _("“{word}” tells others too much: somebody may be looking along.", word=problem.word)
        case "alphabet":
            return _("“{letters}” cannot be sent in a text. Write it another way.", letters=problem.word)
        case "placeholder":
            return _("The app cannot fill in “{word}”.", word=problem.word)
        case "too_long":
            return ngettext(
                "{count} character too long, when the names are in it.",
                "{count} characters too long, when the names are in it.",
                problem.over,
            )


@ft.component
@shielded
def Template() -> ft.Control:
    screen = use_screen()
    which = ft.use_route_params()["template"]
    all_texts = use_reading(templates.read)
    filling = use_form(f"template:{which}", TemplateForm)
    wrong, say_wrong = ft.use_state("")
    ours = next((each for each in all_texts.ours if each.id == which), None)
    app = next((each for each in all_texts.app if each.code == which), None)
    if not (ours or app or which in _NEW.values()):
        return gone(screen)
    form = filling.form
    _begin(form, ours or app, which)

    def saved(answer: Saved) -> None:
        screen.saved(_("Saved. The team gets it too."), undo=lambda: contacts.undo(screen.desk, answer))
        screen.back()

    async def save() -> None:
        problems = templates.check(form.way, form.text)
        say_wrong(" ".join(map(sentence, problems)))
        if problems:
            notices.hide_all(screen.page)
            return
        await filling.save(
            lambda: templates.save(
                screen.desk,
                form.way,
                form.text,
                about=form.about,
                replaces=app.code if app else None,
                id=ours.id if ours else "",
            ),
            saved,
        )

    def end() -> None:
        if ours:
            answer = templates.end(screen.desk, ours.id)
            filling.kept.done()
            screen.saved(_("It is offered no more."), undo=lambda: contacts.undo(screen.desk, answer))
            screen.back()

    body = [
        page_head(_("One of your own"), _("Stands in place of the app's") if app else None),
        space(theme.L),
        *_fields(filling),
        space(theme.M),
        note(_places(form.way), ft.Icons.INFO_OUTLINE),
    ]
    if ours:
        body += [
            space(theme.L),
            button(_("Don't offer it any more"), end, ft.Icons.BLOCK, "quiet", identifier="end-entry"),
        ]
    can = all_texts.can_change
    gem = button(_("Save"), save if can else None, ft.Icons.CHECK, expand=True, identifier="save")
    if not can:
        above: ft.Control | None = note(_("You can write your own once you are in a team."), ft.Icons.LOCK_OUTLINE)
    else:
        above = _wrong(wrong) if wrong else draft_line(filling.restored_at, screen.desk.now())
    bar = act_bar(gem, back=screen.back, hide=screen.hide)
    return page(body, bar, above_bar=above, name="template")


def _fields(filling: Filling[TemplateForm]) -> list[ft.Control]:
    form = filling.form
    text = Field(
        form,
        "text",
        _("The words"),
        hint=_("Short and open. Nothing about home, health, money or authorities."),
        icon_name=_ICONS[Way(form.way)],
        lines=4,
        identifier="template-text",
        changed=filling.changed,
        left=filling.left,
    )
    about = Field(
        form,
        "about",
        _("What is it for? A few words."),
        icon_name=ft.Icons.LABEL_OUTLINE,
        identifier="template-about",
        changed=filling.changed,
        left=filling.left,
    )
    ways = [(way.value, _kind(way)) for way in templates.WAYS]
    kind = choice(ways, {form.way}, lambda way: filling.put(way=way), name="way")
    return [kind, space(theme.L), text, space(theme.M), about]


def _wrong(said: str) -> ft.Control:
    return note(said, ft.Icons.VISIBILITY_OUTLINED, "clay", live=True, identifier="wrong")


def _places(way: str) -> str:
    """Names of what the app fills in: they stand in Danish, as the texts do."""
    shown = "{navn}, {medarbejder}, {hvornår}" + (", {nummer}" if way == Way.NOTE else "")
    return _("The app fills these in: {places}", places=shown)


def _begin(form: TemplateForm, of: TeamText | AppText | None, which: str) -> None:
    if form.begun:
        return
    form.begun = True
    form.way = of.way if of else next(way.value for way, new in _NEW.items() if new == which)
    form.text = form.text or (of.text if of else "")
    if isinstance(of, TeamText):
        form.about = form.about or (of.about or "")
