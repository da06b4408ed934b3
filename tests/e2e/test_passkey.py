"""A passkey is added and then opens the desk by itself; the device is Chromium's own virtual one."""

from tests.e2e.conftest import OFFICE
from tests.e2e.people import log_in
from tests.factories import PASSWORD

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_passkey_is_added_and_opens_the_desk(here, visitor):
    page = visitor(OFFICE)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    log_in(page, "worker")

    page.goto("/accounts/2fa/webauthn/add/")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="确认", exact=True).click()
    page.get_by_label("给它起个名字").fill("办公室电脑")
    page.get_by_text("以后登录只用它").click()
    page.get_by_role("button", name="添加", exact=True).click()
    page.get_by_role("heading", name="备用码").wait_for()
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/console/")

    page.goto("/accounts/2fa/webauthn/")
    assert page.get_by_role("cell", name="办公室电脑").is_visible()
