"""The other texts for an sms: each is changed before it is opened, and some have a gap only the worker can fill."""

from functools import partial

import flet as ft

from fieldapp.actions.attempts import ReachOut, TextChoice
from fieldapp.texts import _
from fieldapp.views import theme
from fieldapp.views.bars import act_bar, page
from fieldapp.views.cards import person_head
from fieldapp.views.filling import use_form
from fieldapp.views.greetings import TextForm, tag, without_name
from fieldapp.views.parts import icon_disc, space
from fieldapp.views.rows import group, row
from fieldapp.views.state import use_screen


@ft.component
def OtherTexts(out: ReachOut) -> ft.Control:
    screen = use_screen()
    filling = use_form(f"text:{out.citizen}", TextForm)
    nameless = out.nameless if filling.form.nameless is None else filling.form.nameless

    def change(choice: TextChoice) -> None:
        filling.put(text=choice.text, template=choice.template)
        screen.citizen(out.citizen, "reach/text")

    offered = [without_name(each) if nameless and each.template != "s15" else each for each in out.other_texts]
    lines = [
        row(
            tag(each)[0],
            each.text,
            lead=icon_disc(tag(each)[1]),
            call=partial(change, each),
            identifier=f"other-{each.template}",
        )
        for each in offered
    ]
    body = [person_head(out.citizen, out.name, _("Other texts")), space(theme.L), group(lines)]
    return page(body, act_bar(back=screen.back, hide=screen.hide), name="other-texts")
