"""Ræk ud by sms (F3): three texts to choose from or change, opened in the phone's own messages; then: was it sent?"""

import asyncio
from collections.abc import Awaitable, Callable

import flet as ft

from fieldapp.actions import attempts, contacts
from fieldapp.actions.attempts import ReachOut, TextChoice
from fieldapp.domain.texts_to_citizens import LONGEST, forbidden_word, outside_sms_alphabet, placeholders
from fieldapp.domain.values import Outcome, Way
from fieldapp.texts import _
from fieldapp.views import notices, theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import note, person_head
from fieldapp.views.days import short_date
from fieldapp.views.field import Field
from fieldapp.views.filling import Filling, use_form
from fieldapp.views.greetings import TextForm, tag, without_name
from fieldapp.views.guard import Call
from fieldapp.views.next_words import say_saved
from fieldapp.views.parts import MUTED, C, button, column, heading, icon, line, link, padding, space, tappable, text
from fieldapp.views.rows import chip, chips, tile
from fieldapp.views.state import Screen, use_screen

Choose = Callable[[TextChoice], object]
Send = Callable[[TextChoice], Awaitable[None]]


@ft.component
def Texts(out: ReachOut) -> ft.Control:
    screen = use_screen()
    filling = use_form(f"text:{out.citizen}", TextForm)
    writing, write = ft.use_state(bool(filling.form.text))

    opening = ft.use_ref(False)
    nameless = out.nameless if filling.form.nameless is None else filling.form.nameless

    async def send(choice: TextChoice) -> None:
        if opening.current:  # a second tap before the page has gone: one text, kept once
            return
        opening.current = True
        opened = False
        try:
            opened = await open_text(screen, out, choice, filling)
        finally:
            opening.current = opened

    def change(choice: TextChoice | None) -> None:
        form = filling.form
        if choice or form.template:  # what they have begun in their own words is still theirs
            form.text, form.template = (choice.text, choice.template) if choice else ("", None)
        write(True)

    if writing:
        return Editor(out, filling, screen, send, lambda: write(False))
    cards: list[ft.Control] = []
    shared = [_shared(nameless, filling)] if out.first_name else []
    offered = [without_name(each) for each in out.texts] if nameless else out.texts
    for place, choice in enumerate(reversed(offered)):
        best = place == len(out.texts) - 1
        cards += [_card(choice, best, send, change), space(10)]
    body = [
        person_head(out.citizen, out.name, _("Pick a text. You can change it.")),
        *_last(out),
        space(theme.L),
        *([*shared, space(theme.M)] if theme.is_large() else []),
        *cards,
        *_others(out, screen),
        *([] if out.last_text else [_stays()]),  # said until one has been sent; beside the worker's own words always
    ]
    own = button(
        _("Write your own"), lambda: change(None), ft.Icons.EDIT_OUTLINED, "quiet", expand=True, identifier="write-own"
    )
    acts = [own] if theme.is_large() else [*shared, own]
    return page(body, act_bar(*acts, back=screen.back, hide=screen.hide), name="texts")


def _others(out: ReachOut, screen: Screen) -> list[ft.Control]:
    if not out.other_texts:
        return []
    more = link(_("Other texts"), lambda: screen.citizen(out.citizen, "reach/texts"), identifier="other-texts")
    return [ft.Row([more], alignment=ft.MainAxisAlignment.END)]


def _shared(nameless: bool, filling: Filling[TextForm]) -> ft.Control:
    """Others answer that phone too: the citizen's name stays out."""
    out = chip(
        _("Without name"), lambda: filling.put(nameless=not nameless), chosen=nameless, identifier="without-name"
    )
    return chips(out) if theme.is_large() else out


async def open_text(screen: Screen, out: ReachOut, choice: TextChoice, filling: Filling[TextForm]) -> bool:
    """Saved as not confirmed before the messages open, so that being killed there loses nothing."""
    template = choice.template or None
    saved = await asyncio.to_thread(
        attempts.save, screen.desk, out.citizen, Way.TEXT, Outcome.UNCONFIRMED, text=choice.text, template=template
    )
    filling.kept.done()  # it is kept: what comes back after being killed is the question, not the text once more
    screen.leave()
    if not await screen.gate.platform.open_sms(out.phone or "", choice.text):
        await asyncio.to_thread(contacts.undo, screen.desk, saved)
        filling.kept.changed()
        notices.show(_("This machine cannot send texts. Send it from the phone. Your text is still here."))
        return False
    screen.changed()
    screen.citizen(out.citizen, "reach/sent")
    return True


def _last(out: ReachOut) -> list[ft.Control]:
    if not out.last_text or not out.last_text_on:
        return []
    said = _("Last time you wrote: “{text}” ({date})", text=out.last_text, date=short_date(out.last_text_on))
    said_line = line(icon(ft.Icons.HISTORY, 20), text(said, "meta", MUTED, expand=True), gap=10, top=True)
    return [ft.Container(said_line, padding=padding(8, 12, bottom=0))]


def _card(choice: TextChoice, best: bool, send: Choose, change: Choose) -> ft.Control:
    ground, ink = (C.PRIMARY_CONTAINER, C.ON_PRIMARY_CONTAINER) if best else (C.SURFACE_CONTAINER_LOWEST, C.ON_SURFACE)
    accent = ink if best else C.PRIMARY
    title, mark = tag(choice)
    head = line(
        icon(mark, 18, accent),
        text(title, "small", ink if best else MUTED, weight=600, expand=True),
    )
    edit = link(_("Edit"), lambda: change(choice), identifier=f"edit-{choice.template}")
    opens = line(text(_("Open in Messages"), "label", accent), icon(ft.Icons.ARROW_FORWARD, 18, accent), gap=6)
    below = ft.Row([edit, opens], alignment=ft.MainAxisAlignment.SPACE_BETWEEN, wrap=theme.is_large())
    corner = theme.QUOTE
    return tappable(
        column(head, text(choice.text, "body", ink), below, gap=4),
        lambda: send(choice),
        identifier=f"text-{choice.template}",
        color=ground,
        radius=ft.BorderRadius(top_left=corner, top_right=corner, bottom_left=corner, bottom_right=8),
        pad=padding(18, 14, bottom=2),
    )


def _stays() -> ft.Control:
    words = _("The text stays in the phone's messages, outside the app's encryption. So it holds nothing private.")
    return ft.Container(
        line(icon(ft.Icons.INFO_OUTLINE, 20), text(words, "meta", MUTED, expand=True), gap=10, top=True),
        padding=padding(8, 2),
    )


@ft.component
def Editor(out: ReachOut, filling: Filling[TextForm], screen: Screen, send: Send, back: Call) -> ft.Control:
    form = filling.form
    warned, warn = ft.use_state("")

    async def opened() -> None:
        written = form.text.strip()
        doubt = _doubt(written)
        if doubt and doubt != warned:
            warn(doubt)
        elif written:
            await send(TextChoice(form.template or "", written))

    field = Field(
        form,
        "text",
        _("Text"),
        hint=_("Short and open. Nothing about home, health, money or authorities."),
        icon_name=ft.Icons.SMS_OUTLINED,
        lines=4,
        autofocus=True,
        identifier="own-text",
        changed=filling.changed,
        left=filling.left,
    )
    about = note(warned, ft.Icons.VISIBILITY_OUTLINED, live=True, identifier="warning") if warned else _stays()
    body = [person_head(out.citizen, out.name, _("Write your own")), space(theme.L), field, space(theme.M), about]
    go = button(_("Open in Messages"), opened, ft.Icons.SMS_OUTLINED, expand=True, identifier="open-messages")
    return page(body, act_bar(go, back=back, hide=screen.hide), name="own-text")


def _doubt(written: str) -> str:
    """Said once about a text of the worker's own, and never in the way of sending it."""
    if gaps := sorted(placeholders(written)):
        return _("Write this yourself first: {places}", places=", ".join(f"{{{gap}}}" for gap in gaps))
    if word := forbidden_word(written):
        return _("The text contains “{word}”. Others may see the phone. Change it?", word=word)
    if letters := outside_sms_alphabet(written):
        return _("“{letters}” makes it more than one text. Change it, or send it as it is?", letters=letters)
    if len(written) > LONGEST:
        return _("It is longer than one text. Shorten it, or send it as it is?")
    return ""


@ft.component
def WasItSent(out: ReachOut) -> ft.Control:
    """Where one comes back to from the phone's messages; later is fine, the list asks again quietly."""
    screen = use_screen()

    async def answer(sent: bool) -> None:
        if out.unconfirmed is None:
            screen.home()
            return
        saved = await asyncio.to_thread(attempts.confirm, screen.desk, out.unconfirmed, sent)
        say_saved(screen, saved)
        screen.home()

    top = [person_head(out.citizen, out.name, None), space(theme.L)]
    body = [
        heading(_("Was it sent?")),
        space(theme.S),
        text(_("One tap saves. You can undo it afterwards."), "meta", MUTED),
        space(theme.L),
        tile(_("I'll answer later"), None, ft.Icons.SCHEDULE, screen.home, identifier="sent-later"),
        space(theme.M),
        tile(_("No"), None, ft.Icons.CLOSE, lambda: answer(False), identifier="sent-no"),
        space(theme.M),
        tile(_("Yes, sent"), None, ft.Icons.CHECK, lambda: answer(True), look="filled", identifier="sent-yes"),
    ]
    return page(body, act_bar(back=screen.back, hide=screen.hide), low=True, top=top, name="was-it-sent")
