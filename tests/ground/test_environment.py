"""A malformed variable stops the program with a sentence that names it."""

import base64

import pytest

from config import environment as e

KEY = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda n: e.env_bool(n, False), "maybe"),
        (lambda n: e.env_int(n, 8000, least=1, most=65535), "80a"),
        (lambda n: e.env_int(n, 8000, least=1, most=65535), "0"),
        (lambda n: e.env_int(n, 8000, least=1, most=65535), "-1"),
        (lambda n: e.env_int(n, 8000, least=1, most=65535), "８０００"),
        (lambda n: e.env_choice(n, "app", ("app", "owner")), "king"),
        (lambda n: e.env_digits(n, "410106", length=6), "4101"),
        (lambda n: e.env_token(n), "0123456789abcde"),
        (lambda n: e.env_token(n), "0123456789abcdef&tk=1"),
        (lambda n: e.env_origin(n, "http://localhost"), "yige.example.cn"),
        (lambda n: e.env_origin(n, "http://localhost"), "https://yige.example.cn/path"),
        (lambda n: e.env_database(n), "sqlite:///db"),
        (lambda n: e.env_database(n), "postgresql://u:p@host:port/yige"),
        (lambda n: e.env_database(n), "postgresql://u:p@host"),
        (lambda n: e.env_database(n), "postgresql://u:p@host/yige?sslmode"),
        (lambda n: e.env_mailer(n), "mail.example.cn"),
        (lambda n: e.env_gateway(n, "YIGE_SMS_TOKEN"), "sms.local"),
        (lambda n: e.env_gateway(n, "YIGE_SMS_TOKEN"), "http://sms.example.cn/send"),
        (lambda n: e.env_gateway(n, "YIGE_SMS_TOKEN"), "https://user:pw@sms.example.cn/send"),
        (lambda n: e.env_gateway(n, "YIGE_SMS_TOKEN"), "https://sms.example.cn:port/send"),
        (lambda n: e.env_secret(n), "short"),
        (lambda n: e.env_key(n), "not base64!"),
        (lambda n: e.env_key(n), base64.b64encode(b"too short").decode()),
        (lambda n: e.env_keys(n), KEY),
        (lambda n: e.env_keys(n), f"k1:{KEY},k1:{KEY}"),
    ],
)
def test_malformed_value_is_refused_by_name(monkeypatch, read, value):
    monkeypatch.setenv("YIGE_TRIED", value)

    with pytest.raises(e.BadSetting) as refusal:
        read("YIGE_TRIED")

    assert "YIGE_TRIED" in str(refusal.value)
    assert value not in str(refusal.value)


@pytest.mark.parametrize("read", [e.env_text, e.env_secret, e.env_key, e.env_keys, e.env_database])
def test_missing_value_without_default_is_refused_by_name(monkeypatch, read):
    monkeypatch.delenv("YIGE_TRIED", raising=False)

    with pytest.raises(e.BadSetting, match="YIGE_TRIED"):
        read("YIGE_TRIED")


def test_gateway_needs_its_token_and_speaks_plainly_to_this_machine_alone(monkeypatch):
    monkeypatch.setenv("YIGE_TRIED", "https://sms.example.cn/send")
    monkeypatch.delenv("YIGE_TRIED_TOKEN", raising=False)
    with pytest.raises(e.BadSetting, match="YIGE_TRIED_TOKEN"):
        e.env_gateway("YIGE_TRIED", "YIGE_TRIED_TOKEN")

    monkeypatch.setenv("YIGE_TRIED_TOKEN", "token")
    assert e.env_gateway("YIGE_TRIED", "YIGE_TRIED_TOKEN") == ("https://sms.example.cn/send", "token")
    monkeypatch.setenv("YIGE_TRIED", "http://127.0.0.1:9/send")
    assert e.env_gateway("YIGE_TRIED", "YIGE_TRIED_TOKEN")[0] == "http://127.0.0.1:9/send"
    monkeypatch.delenv("YIGE_TRIED")
    assert e.env_gateway("YIGE_TRIED", "YIGE_TRIED_TOKEN") == ("", "")


def test_database_url_is_taken_apart(monkeypatch):
    monkeypatch.setenv("YIGE_TRIED", "postgresql://y%40o:p%2Fw@db.local:5433/yige?sslmode=verify-full")

    assert e.env_database("YIGE_TRIED") == {
        "NAME": "yige",
        "USER": "y@o",
        "PASSWORD": "p/w",
        "HOST": "db.local",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full"},
    }


def test_secret_is_made_once_and_kept_privately(monkeypatch, tmp_path):
    monkeypatch.delenv("YIGE_TRIED_KEY", raising=False)

    first = e.env_secret("YIGE_TRIED_KEY", kept_in=tmp_path / "secrets")

    assert e.env_secret("YIGE_TRIED_KEY", kept_in=tmp_path / "secrets") == first
    assert (tmp_path / "secrets" / "tried_key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


def test_first_key_seals_and_the_others_stay(monkeypatch):
    old, new = e.new_key(), e.new_key()
    monkeypatch.setenv("YIGE_TRIED", f"k2:{new},k1:{old}")

    keys = e.env_keys("YIGE_TRIED")

    assert list(keys) == ["k2", "k1"]
    assert keys["k1"] == base64.b64decode(old)
