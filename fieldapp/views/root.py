"""The app's one page: theme, language, which of the five faces is shown, and when the key goes."""

import asyncio
import contextvars
from collections.abc import Callable
from typing import Any

import flet as ft

from fieldapp.actions import settings as own_settings
from fieldapp.actions.settings import OwnSettings
from fieldapp.domain import invitation
from fieldapp.settings import DEFAULTS, Settings
from fieldapp.texts import language, use_language
from fieldapp.views import frame, guard, notices, paths, routes, theme
from fieldapp.views.cover import Cover
from fieldapp.views.drafts import Drafts
from fieldapp.views.first_start import ChooseSecret, Enrol, Fetching
from fieldapp.views.gate import Gate
from fieldapp.views.quick import quicken
from fieldapp.views.state import SCREEN, Around, Rows, Screen, SendingNow
from fieldapp.views.together import Alone
from fieldapp.views.unlock import Unlock
from fieldapp.views.watch import Moment, Watch, moment

PHONES = (ft.PagePlatform.ANDROID, ft.PagePlatform.IOS)
AWAY = (ft.AppLifecycleState.HIDE, ft.AppLifecycleState.PAUSE)
BACK = (ft.AppLifecycleState.SHOW, ft.AppLifecycleState.RESUME)
THEMES = {"auto": ft.ThemeMode.SYSTEM, "light": ft.ThemeMode.LIGHT, "dark": ft.ThemeMode.DARK}
TICK = 5.0


def root(page: ft.Page, gate: Gate, clock: Callable[[], Moment] = moment, settings: Settings = DEFAULTS) -> "Root":
    """Show the app on `page`. The caller has chosen the language."""
    quicken()
    shown = Root(page, gate, clock, settings)
    shown.start()
    return shown


class Root:
    """What goes on around the screens. Everything unlocked hangs on `screen`, which is None while locked."""

    def __init__(self, page: ft.Page, gate: Gate, clock: Callable[[], Moment], settings: Settings) -> None:
        self.page = page
        self.gate = gate
        self.screen: Screen | None = None
        self.around = Around(state=gate.state, language=language())
        self.sending = SendingNow(gate.sending)
        self.rows = Rows()
        self._clock = clock
        self._settings = settings
        self._watch = Watch(clock(), settings)
        self._veil = ft.Container(bgcolor=ft.Colors.SURFACE, visible=False, left=0, top=0, right=0, bottom=0)
        self._in_page = contextvars.copy_context()
        self._awake = False
        self._unwritten: dict[str, Any] = {}  # drafts that a full disk refused at the lock: until there is room

    def start(self) -> None:
        self._dress()
        guard.on_touch(lambda: self._watch.touched(self._clock()))
        self.gate.on_change(lambda: self._in_page.copy().run(self.changed))
        self.page.on_app_lifecycle_state_change = self._lifecycle
        self.page.on_resize = self._resized
        self.page.overlay.extend([self._probe(), self._veil])
        self._take_state()
        self.page.on_route_change = lambda event: self.routed(event.route)
        self.routed(self.page.route or "/")
        self.page.render_views(Face, self)
        self._ticking = asyncio.get_running_loop().create_task(self._tick_on())
        self.page.on_disconnect = self._left
        self.page.on_close = lambda _event: self._ticking.cancel()

    # ---- what happens to the app

    def changed(self) -> None:
        """The gate says that its state, its sending or the rows changed."""
        self.sending.value = self.gate.sending
        if self.gate.state != self.around.state:
            self._take_state()
        elif self.gate.sending.state != "moving":
            self.rows.version += 1

    def routed(self, route: str) -> None:
        """Before the pages are there, which go their own ways: the leader's link, tapped or met by the camera."""
        invited = invitation.in_route(route)
        if invited is not None:
            self.around.invited = invited if self.gate.state == "new" else None
            self.page.navigate("/")  # the code in it stands nowhere

    async def hide(self) -> None:
        """*Skjul nu*: the clock is on its way to the screen before anything else is done."""
        self.around.covered = True
        self.around.state = "locked"
        await asyncio.sleep(0)
        self.lock()

    def lock(self) -> None:
        """Drafts are written, the key is dropped, and nothing of anybody stays on screen."""
        notices.hide_all(self.page)
        try:
            if self.screen:
                self.screen.drafts.flush()
        finally:
            self._unwritten |= self.screen.drafts.unwritten if self.screen else {}
            self.gate.lock()
            self._take_state()

    async def _left(self, _event: ft.Event[ft.Page]) -> None:
        """A browser's tab is gone: whoever serves it locks next."""
        if self.screen:
            await guard.told(self.screen.drafts.flush)

    def tick(self) -> None:
        """Called every few seconds: lock when nobody has touched the app for long, or it has been away for long."""
        if self.gate.state == "open" and self._watch.is_over(self._clock()):
            self.lock()

    async def _tick_on(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            await guard.attempt(self.tick)

    async def _lifecycle(self, event: ft.AppLifecycleStateChangeEvent) -> None:
        await guard.attempt(lambda: self.lived(event.state))

    def lived(self, state: ft.AppLifecycleState) -> None:
        if state in AWAY:
            self._watch.hidden(self._clock())
            self.gate.hidden()
            self._veil_over(True)
            notices.hide_all(self.page)
            if self.screen:
                self.screen.drafts.flush()
        elif state in BACK:
            self.tick()
            self._watch.shown(self._clock())
            self._veil_over(False)
            self.gate.shown()
        elif state == ft.AppLifecycleState.INACTIVE and self.page.platform in PHONES:
            self._veil_over(True)  # the app switcher takes its picture now

    def _veil_over(self, on: bool) -> None:
        self._veil.visible = on
        self._veil.update()

    # ---- the phone lies between two

    def hand_over(self, citizen: str) -> None:
        """*Sammen*: no route leads anywhere while it lasts, for the pages are not there at all (acceptance test 24)."""
        notices.hide_all(self.page)
        if self.screen:
            self.screen.drafts.flush()
        self.around.together = citizen
        self._stay_awake()

    def take_back(self, then: str) -> None:
        citizen, self.around.together = self.around.together, ""
        self._stay_awake()
        notices.hide_all(self.page)
        self.page.navigate(paths.citizen(citizen, then, under=self.page.route or "/"))

    def _stay_awake(self) -> None:
        """The screen stays lit while there is something of theirs on it, as long as the idle lock lets it."""
        self._watch.together = bool(self.around.together)
        on = self._watch.together and self.screen is not None
        if on != self._awake:
            self._awake = on
            asyncio.get_running_loop().create_task(self._keep_awake(on))

    async def _keep_awake(self, on: bool) -> None:
        await guard.attempt(lambda: self.gate.platform.keep_awake(on))

    # ---- how it looks

    def _dress(self) -> None:
        page = self.page
        page.title = "Vedhold"
        page.fonts = theme.FONTS
        page.theme, page.dark_theme = theme.light(), theme.dark()
        page.theme_mode = ft.ThemeMode.SYSTEM
        page.padding = page.spacing = 0
        self._speak()
        theme.use_text_scale(1.0)  # until the probe has measured this screen
        self._measure(page.width or 390, page.height or 844)

    def _speak(self) -> None:
        here = {"da": ft.Locale("da", "DK"), "en": ft.Locale("en", "GB")}
        self.page.locale_configuration = ft.LocaleConfiguration(list(here.values()), here[language()])

    def set_own(self, own: OwnSettings) -> None:
        """The worker's own settings take effect at once."""
        use_language(own.language)
        self._speak()
        self.page.theme_mode = THEMES[own.theme]
        self._watch.idle = own.idle
        self.around.language = own.language
        self.rows.version += 1
        self.page.update()

    def _probe(self) -> ft.Control:
        # Flet has no property for the person's text scale; an icon that follows it has a size.
        icon = ft.Icon(ft.Icons.CIRCLE, size=100, apply_text_scaling=True, on_size_change=self._scaled)
        return ft.Container(ft.Semantics(content=icon, exclude_semantics=True), left=-900, top=-900)

    def _scaled(self, event: ft.LayoutSizeChangeEvent[Any]) -> None:
        scale = round(event.width / 100, 2)
        theme.use_text_scale(scale)
        self.around.text_scale = scale

    def _resized(self, event: ft.PageResizeEvent) -> None:
        self._measure(event.width, event.height)

    def _measure(self, width: float, height: float) -> None:
        theme.use_width(width)
        theme.use_height(height)
        self.around.wide, self.around.tall = theme.is_wide(), theme.is_tall()

    # ---- open and locked

    def _take_state(self) -> None:
        state, desk = self.gate.state, self.gate.desk
        if state != "open" or desk is None:
            self.screen = None
        elif self.screen is None or self.screen.desk is not desk:
            loop = asyncio.get_running_loop()
            drafts = Drafts(desk, loop.call_later, loop.time, self._settings, self._unwritten)
            self._unwritten = {}
            self.screen = Screen(
                self.gate,
                self.page,
                self.around,
                self.rows,
                self.sending,
                drafts,
                desk,
                hide=self.hide,
                lock=self.lock,
                leave=self._watch.leaving_on_purpose,
                set_own=self.set_own,
                hand_over=self.hand_over,
                take_back=self.take_back,
            )
            self._watch.shown(self._clock())
            self.set_own(own_settings.read(desk))
            self.around.fetching = self.gate.sending.state == "first"
        if state in ("new", "enrolled"):
            self.around.together = ""
        if state != "new":
            self.around.invited = None
        self._stay_awake()
        self.around.state = state

    def uncover(self) -> None:
        self.around.covered = False

    def go_on(self) -> None:
        self.around.fetching = False


@ft.component
def Face(shown: Root) -> Any:
    """First start, locked, covered, fetching, or the pages. Only the last is drawn with a desk."""
    around, _set = ft.use_state(shown.around)
    sending, _set_sending = ft.use_state(shown.sending)
    if around.covered:
        return [frame.bare(Cover(shown.uncover))]
    if around.state == "new":
        return [frame.plain(Enrol(shown.gate, around.invited))]
    if around.state == "enrolled":
        return [frame.plain(ChooseSecret(shown.gate))]
    if around.state == "locked" or shown.screen is None:
        return [frame.plain(Unlock(shown.gate))]
    if around.fetching and sending.value.state == "first":
        return [frame.plain(Fetching(shown.sending, shown.gate.sync_now, shown.go_on))]
    if citizen := around.together:
        alone: Any = SCREEN(shown.screen, lambda: Alone(citizen))
        return alone
    pages: Any = SCREEN(shown.screen, lambda: ft.Router(routes.routes(), manage_views=True))
    return pages
