"""The platform and its fallbacks: secrets are kept and never erased by themselves, other apps are opened or not."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import flet as ft
import pytest

from fieldapp import device
from fieldapp.device import BiometricKeystore, FileKeystore, NoAnswer, PagePlatform, PhoneKeystore, keystore_for
from tests.fake_client import FakeClient

Answers = dict[str, Callable[[Any], Any]]


class Storage:
    """What a phone's secure storage holds."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    @property
    def answers(self) -> Answers:
        return {
            "set": lambda asked: self.kept.update({asked["key"]: asked["value"]}),
            "get": lambda asked: self.kept.get(asked["key"]),
            "remove": lambda asked: self.kept.pop(asked["key"], None),
        }


def blank(page: ft.Page) -> None:
    page.add(ft.Text("Vedhold"))


async def test_a_file_keystore_keeps_a_secret_for_this_user_alone(tmp_path: Path) -> None:
    keystore = FileKeystore(tmp_path / "keys")
    assert await keystore.read("device_secret") is None
    await keystore.write("device_secret", b"\x00\xffhemmeligt")
    assert await FileKeystore(tmp_path / "keys").read("device_secret") == b"\x00\xffhemmeligt"
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()] == [0o600]
    await keystore.remove("device_secret")
    await keystore.remove("device_secret")
    assert list((tmp_path / "keys").iterdir()) == []


async def test_a_phones_keystore_keeps_bytes_as_they_were() -> None:
    storage = Storage()
    async with FakeClient(blank, answers=storage.answers):
        keystore = PhoneKeystore()
        assert (keystore.kind, await keystore.read("device_key")) == ("phone", None)
        await keystore.write("device_key", b"\x00\xff")
        assert await keystore.read("device_key") == b"\x00\xff"
        await keystore.remove("device_key")
        assert storage.kept == {}


async def test_an_error_in_the_phones_keystore_never_erases_it() -> None:
    """The plugin's own default does, and with the device secret the vault would be gone."""
    async with FakeClient(blank):
        keystore = PhoneKeystore()
        assert keystore._storage.android_options.reset_on_error is False
        assert keystore._storage.ios_options.synchronizable is False
        assert keystore._storage.ios_options.accessibility.name == "FIRST_UNLOCK_THIS_DEVICE"


async def test_a_finger_or_a_face_is_asked_for_by_the_platform_itself_in_a_store_of_its_own() -> None:
    storage = Storage()
    async with FakeClient(blank, answers=storage.answers):
        keystore = PhoneKeystore()
        second = keystore.biometric
        assert isinstance(second, BiometricKeystore) and keystore.biometric is second and second.biometric is None
        android, apple = second._storage.android_options, second._storage.ios_options
        assert (android.enforce_biometrics, android.reset_on_error) == (True, False)
        assert android.key_cipher_algorithm.name == "AES_GCM_NO_PADDING", "the only one that can be kept shut"
        assert android.shared_preferences_name != keystore._storage.android_options.shared_preferences_name
        assert [flag.name for flag in apple.access_control_flags] == ["BIOMETRY_CURRENT_SET"]
        assert apple.account_name != keystore._storage.ios_options.account_name and apple.synchronizable is False
        await second.write("vault_key", b"\x00\xff")
        assert await second.read("vault_key") == b"\x00\xff"
    assert FileKeystore(Path("nowhere")).biometric is None


async def test_a_person_is_given_time_to_find_the_finger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "PATIENCE", 0.01)
    async with FakeClient(blank) as app:
        app._invoked = lambda body: None  # type: ignore[method-assign]
        second = PhoneKeystore().biometric
        assert isinstance(second, BiometricKeystore) and second.patience == 60
        second.patience = 0.02
        with pytest.raises(NoAnswer):
            await second.read("vault_key")


async def test_a_platform_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "PATIENCE", 0.01)

    async with FakeClient(blank) as app:
        keystore, platform = PhoneKeystore(), PagePlatform()
        app._invoked = lambda body: None  # type: ignore[method-assign]  # the wire swallows every call
        with pytest.raises(NoAnswer):
            await keystore.read("device_secret")
        assert await platform.open_call("00 00 00 01") is False
        assert await platform.is_online() is None


async def test_a_text_opens_in_the_phones_own_app_with_its_words() -> None:
    async with FakeClient(blank) as app:
        platform = PagePlatform()
        assert await platform.open_sms("+45 00 00 00 01", "Hej Ægir. Ses vi? 100 %") is True
        assert await platform.open_call("00 00 00 01") is True
        asked = [arguments["url"] for name, arguments in app.calls if name == "launch_url"]
        assert asked == ["sms:+4500000001?body=Hej%20%C3%86gir.%20Ses%20vi%3F%20100%20%25", "tel:00000001"]


async def test_a_file_goes_where_the_person_chooses_and_its_name_says_nothing() -> None:
    async with FakeClient(blank, answers={"save_file": lambda asked: "/kort.pdf"}) as app:
        assert await PagePlatform().save_file("kort.pdf", b"%PDF") is True
        asked = [arguments for name, arguments in app.calls if name == "save_file"]
        assert [(each["file_name"], each["src_bytes"]) for each in asked] == [("kort.pdf", b"%PDF")]
        assert asked[0]["dialog_title"] is None


async def test_a_file_for_which_no_place_was_chosen_went_nowhere() -> None:
    async with FakeClient(blank):
        assert await PagePlatform().save_file("kort.pdf", b"%PDF") is None


@pytest.mark.parametrize(("kinds", "online"), [(["wifi"], True), (["none"], False), (["mobile", "vpn"], True)])
async def test_whether_there_is_a_network_is_what_the_platform_says(kinds: list[str], online: bool) -> None:
    async with FakeClient(blank, answers={"get_connectivity": lambda asked: kinds}):
        assert await PagePlatform().is_online() is online


async def test_a_network_that_comes_is_told_and_one_that_goes_is_not() -> None:
    async with FakeClient(blank):
        platform, told = PagePlatform(), list[str]()
        platform.on_online(lambda: told.append("online"))
        for kind in (ft.ConnectivityType.NONE, ft.ConnectivityType.MOBILE):
            platform._changed(ft.ConnectivityChangeEvent("change", platform._connectivity, connectivity=[kind]))
        assert told == ["online"]


@pytest.mark.parametrize(
    ("platform", "web", "kind"),
    [("android", False, "phone"), ("ios", False, "phone"), ("android", True, "file"), ("linux", False, "file")],
)
async def test_only_a_phones_hardware_counts_as_a_keystore(tmp_path: Path, platform: str, web: bool, kind: str) -> None:
    async with FakeClient(blank, platform=platform) as app:
        app.page.web = web
        assert keystore_for(app.page, tmp_path).kind == kind


async def test_the_screen_stays_lit_when_asked_to_and_silence_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeClient(blank) as client:
        platform = PagePlatform()
        await platform.keep_awake(True)
        await platform.keep_awake(False)
        assert [name for name, _args in client.calls if name in ("enable", "disable")] == ["enable", "disable"]
    monkeypatch.setattr(device, "PATIENCE", 0.01)
    await PagePlatform().keep_awake(True)


@pytest.mark.parametrize(
    ("clocks", "seconds"),
    [
        ({"CLOCK_BOOTTIME": 7, "CLOCK_MONOTONIC": 1}, 7.5),
        ({"CLOCK_MONOTONIC": 6}, 6.5),  # Apple's, which counts sleep, as Python's own `monotonic` there does not
        ({}, 1.0),
    ],
)
def test_the_clock_that_nobody_sets_counts_sleep_where_the_system_can(clocks: dict[str, int], seconds: float) -> None:
    system = SimpleNamespace(clock_gettime=lambda clock: clock + 0.5, monotonic=lambda: 1.0, **clocks)
    assert device.uptime(system) == seconds
    assert 0 < device.uptime() <= device.uptime()
