"""The forms of a page, as a browser reads them: so that a test meets those of tomorrow too."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

LINK = "/console"
#: Fields whose text nobody types, and which are still sent by whoever wants.
HIDDEN = ("token", "form")


@dataclass
class Form:
    """`fields` with what stands in them; `free` are those that somebody types in."""

    path: str
    fields: dict[str, str] = field(default_factory=dict)
    free: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[str]:
        return [name for name in self.fields if name not in HIDDEN]


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._choice = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and said.get("href", "").startswith(LINK):
            self.links.append(said["href"].removeprefix(LINK).partition("#")[0])
        if tag == "form":
            assert said["method"] == "post"
            self.forms.append(Form(said["action"].removeprefix(LINK)))
        if not self.forms:
            return
        form = self.forms[-1]
        if tag in ("input", "textarea", "button") and "name" in said:
            form.fields[said["name"]] = said.get("value", "")
            if tag != "button" and said.get("type") not in ("hidden", "checkbox"):
                form.free.append(said["name"])
        if tag == "select":
            self._choice = said["name"]
            form.fields[self._choice] = ""
        if tag == "option" and said.get("value"):
            form.fields[self._choice] = form.fields[self._choice] or said["value"]


def forms_of(text: str) -> list[Form]:
    return Page(text).forms


def links_of(text: str) -> list[str]:
    return Page(text).links
