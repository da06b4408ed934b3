"""What people do in the browser: fill in the report form, log in, open a case, say a verb."""

import io
import random

from PIL import Image

from tests.factories import PASSWORD

WORDS = "三号楼门口路灯不亮，晚上老人看不见台阶"


def picture(size=(640, 480), seed=7):
    """Return a photo as a phone would hand it over: name, kind, bytes of a JPEG full of noise."""
    noise = Image.frombytes("RGB", (64, 48), random.Random(seed).randbytes(64 * 48 * 3)).resize(size)
    kept = io.BytesIO()
    noise.save(kept, "JPEG")
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def report(page, token, *, words=WORDS, photo=True, phone="13800000000"):
    """Scan the code, say what is wrong and send it; ends on the page with the number."""
    page.goto(f"/g/{token}/")
    if photo:
        page.locator("#report input[type=file]").set_input_files(picture())
        page.get_by_alt_text("您选的第 1 张照片").wait_for()
    page.get_by_label("哪里有什么问题？").fill(words)
    if phone:
        page.get_by_label("联系电话").fill(phone)
    page.get_by_role("button", name="送出", exact=True).click()
    page.get_by_role("heading", name="收到了，谢谢您").wait_for()


def log_in(page, name):
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/console/")


def open_case(page, case):
    page.goto(f"/console/cases/{case.number}/")


def say(page, verb, *, evidence=None, **fields):
    """Open the form of a verb where it is not the first, fill it by its fields' names, send it, read that it is done."""
    panel = page.locator("#act")
    panel.wait_for()
    if not panel.get_by_role("heading", name=verb, exact=True).is_visible():
        panel.get_by_role("link", name=verb, exact=True).click()
        panel.get_by_role("heading", name=verb, exact=True).wait_for()
    for name, value in fields.items():
        field = panel.locator(f"[name={name}]")
        if field.evaluate("(field) => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    if evidence:
        panel.locator("input[type=file]").set_input_files(evidence)
        panel.get_by_alt_text("您选的第 1 张照片").wait_for()
    panel.get_by_role("button", name=verb, exact=True).click()
    page.get_by_text(f"“{verb}”已办好").wait_for()
