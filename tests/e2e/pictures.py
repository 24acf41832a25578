"""Many pictures on one: what several screens look like together, beside each other in their order."""

import base64
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

WIDE = 300
"""CSS pixels of each."""
_PAGE = """<style>
  body {{ margin: 0; padding: 16px; background: #ddd; font: 15px sans-serif; display: grid; gap: 16px;
         grid-template-columns: repeat({across}, {wide}px); }}
  figure {{ margin: 0 }} img {{ width: 100%; display: block }} figcaption {{ padding: 4px 0 }}
</style>"""


def on_one_sheet(page: Page, pictures: Sequence[Path], to: Path, across: int = 8) -> Path:
    """Drawn by the browser `page` is in, a caption under each; the file `to`."""
    assert page.context.browser is not None
    size = {"width": across * (WIDE + 16) + 16, "height": 800}
    context = page.context.browser.new_context(viewport=size, device_scale_factor=1)  # type: ignore[arg-type]
    sheet = context.new_page()
    figures = "".join(map(_figure, pictures))
    sheet.set_content(_PAGE.format(across=across, wide=WIDE) + figures, wait_until="load")
    sheet.screenshot(path=to, full_page=True)
    context.close()
    return to


def _figure(picture: Path) -> str:
    data = base64.b64encode(picture.read_bytes()).decode()
    return f'<figure><img src="data:image/png;base64,{data}"><figcaption>{picture.stem}</figcaption></figure>'
