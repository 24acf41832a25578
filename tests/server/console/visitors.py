"""Somebody with a browser before the console: it keeps its cookies, and sends the forms it was given."""

import re
from typing import Any

import httpx

from fieldapp.server.administration import Office

HOST = "konsol.test"
TOKEN = re.compile(r'name="token" value="([0-9a-f]+)"')
COOKIE = "vedhold-console"


class Visitor:
    """`last` is the page that was seen last."""

    def __init__(self, address: str, **headers: str) -> None:
        named = {"Host": HOST, "Accept-Language": "da"} | headers
        self.client = httpx.Client(base_url=f"{address}/console", headers=named)
        self.token = ""

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self._seen(self.client.get(path, **more))

    def follow(self, answer: httpx.Response) -> httpx.Response:
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["location"].removeprefix("/console"))

    def post(self, path: str, form: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        """With the token of the page seen last, unless the form says another."""
        return self._seen(self.client.post(path, data={"token": self.token} | (form or {}), **more))

    def _seen(self, answer: httpx.Response) -> httpx.Response:
        self.token = (TOKEN.findall(answer.text) or [self.token])[0]
        return answer

    @property
    def cookie(self) -> str:
        return self.client.cookies.get(COOKIE) or ""

    def sign_in(self, office: Office, worker: str) -> "Visitor":
        """By a link, as somebody does."""
        key = office.login_link(worker)
        assert self.get(f"/in/{key}").status_code == 200
        answer = self.post(f"/in/{key}")
        assert answer.status_code == 303, answer.text
        assert self.follow(answer).status_code == 200
        return self
