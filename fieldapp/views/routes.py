"""Every page and where it lies. A page inside is a child of the list it was opened from, so that back leads there."""

from collections.abc import Callable

import flet as ft

from fieldapp.views import frame, paths
from fieldapp.views.more import More
from fieldapp.views.settings import Settings
from fieldapp.views.state import use_screen
from fieldapp.views.sync import Sync

Draw = Callable[[], ft.Control]

#: Under every list.
INSIDE: tuple[tuple[str, Draw], ...] = (
    (paths.SYNC, Sync),
    (paths.SETTINGS, Settings),
)
#: Under a citizen's page: `note`, `reach/:way` ...
OF_A_CITIZEN: tuple[tuple[str, Draw], ...] = ()
CITIZEN: Draw | None = None
LISTS: tuple[tuple[str, Draw], ...] = ((paths.TODAY, More), (paths.CITIZENS, More), (paths.MORE, More))


def routes() -> list[ft.Route]:
    # Longest first: "/" is the beginning of every route.
    return [_list(path, draw) for path, draw in sorted(LISTS, key=lambda each: -len(each[0]))]


def _list(path: str, draw: Draw) -> ft.Route:
    inside = [_inside(name, page, draw) for name, page in INSIDE]
    return ft.Route(path=path.strip("/"), component=lambda: Listed(draw, path), children=inside + _citizen(path, draw))


def _citizen(path: str, list_draw: Draw) -> list[ft.Route]:
    if CITIZEN is None:
        return []
    name = ":citizen" if path == paths.CITIZENS else "citizen/:citizen"
    inside = [_inside(then, page, list_draw) for then, page in OF_A_CITIZEN]
    shown = CITIZEN
    return [ft.Route(path=name, component=lambda: Opened(shown, list_draw), children=inside)]


def _inside(path: str, draw: Draw, list_draw: Draw) -> ft.Route:
    return ft.Route(path=path, component=lambda: Opened(draw, list_draw))


@ft.component
def Listed(draw: Draw, path: str) -> ft.View:
    """One of the three lists. They share a route, so that nothing slides between them."""
    screen = use_screen()
    around, _set = ft.use_state(screen.around)
    in_front = ft.use_route_location() == path
    if around.wide and not in_front:
        inner: ft.Control = ft.Container()  # it stands beside the page in front
    else:
        inner = frame.beside(screen, draw, None) if around.wide else draw()
    return _view("/", frame.framed(screen, inner), can_pop=False)


@ft.component
def Opened(draw: Draw, list_draw: Draw) -> ft.View:
    """A page opened from a list."""
    screen = use_screen()
    around, _set = ft.use_state(screen.around)
    inner = frame.beside(screen, list_draw, draw()) if around.wide else draw()
    return _view(ft.use_view_path(), frame.framed(screen, inner), can_pop=True)


def _view(route: str, inner: ft.Control, can_pop: bool) -> ft.View:
    return ft.View(route=route, controls=[inner], padding=0, spacing=0, can_pop=can_pop)
