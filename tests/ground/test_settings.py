"""What the settings make of an environment: a trial keeps its own secrets, production must be given them."""

import json
import os
import secrets
import subprocess
import sys

import pytest

from config import environment as e
from config.launcher.var import ROOT

ASKED = """
import json
from django.conf import settings
names = ("DEMO", "DEBUG", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "SECURE_SSL_REDIRECT",
         "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", "YIGE_APP_ROLE", "SECRET_KEY")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""
HOUSE_WITHOUT_DEMO = """
import json, sys
import django
django.setup()
from django.core.management import get_commands
from procrastinate.contrib.django import app
from yige.clock import table, tasks
print(json.dumps({"tasks": sorted(app.tasks), "commands": sorted(get_commands()), "demo": "yige.demo" in sys.modules}))
"""


def ask(tmp_path, code=ASKED, **environment):
    kept = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "YIGE_VAR": str(tmp_path / "var")}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def production():
    return {
        "DATABASE_URL": "postgresql://yige_app:word@db/yige",
        "YIGE_SECRET_KEY": "s" * 40,
        "YIGE_LINK_KEY": e.new_key(),
        "YIGE_DATA_KEY": f"k1:{e.new_key()}",
        "YIGE_INDEX_KEY": e.new_key(),
        "YIGE_PUBLIC_URL": "https://yige.example.cn",
    }


def test_trial_keeps_its_secrets_and_is_a_demo(tmp_path):
    first, second = (json.loads(ask(tmp_path).stdout) for _ in range(2))

    assert first == second
    assert first["DEMO"] is True
    assert first["DEBUG"] is False
    assert first["SESSION_COOKIE_NAME"] == "session"


def test_production_is_no_demo_and_wears_https(tmp_path, production):
    said = json.loads(ask(tmp_path, **production).stdout)

    assert said == {
        "DEMO": False,
        "DEBUG": False,
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "ALLOWED_HOSTS": ["yige.example.cn", "127.0.0.1", "localhost"],
        "YIGE_APP_ROLE": "yige_app",
        "SECRET_KEY": "s" * 40,
    }
    assert not (tmp_path / "var" / "secrets").exists()


def test_production_runs_without_the_demo(tmp_path, production):
    house = json.loads(ask(tmp_path, HOUSE_WITHOUT_DEMO, **production).stdout)

    assert house["demo"] is False
    assert not [name for name in house["tasks"] if name.startswith("demo.")]
    assert [name for name in house["tasks"] if name.startswith("clock.")] != []
    assert {"stats", "backup", "clock"} <= set(house["commands"])
    assert "seed" not in house["commands"]


def test_trial_has_the_demo(tmp_path):
    house = json.loads(ask(tmp_path, HOUSE_WITHOUT_DEMO).stdout)

    assert house["demo"] is True
    assert "demo.fill_rest" in house["tasks"]
    assert "seed" in house["commands"]


def test_seed_says_that_the_demo_is_not_installed(tmp_path, production):
    refused = subprocess.run(
        [sys.executable, ROOT / "manage.py", "seed"],
        env={"PATH": os.environ["PATH"], "YIGE_VAR": str(tmp_path), **production},
        capture_output=True,
        text=True,
    )

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "这里没有装演示，不能填充演示数据；要试用，请设置环境变量 YIGE_DEMO=1 再运行。"
        "(The demo is not installed here; to try it, set YIGE_DEMO=1.)"
    ]


@pytest.mark.parametrize("name", ["YIGE_SECRET_KEY", "YIGE_LINK_KEY", "YIGE_DATA_KEY", "YIGE_INDEX_KEY"])
def test_production_without_a_key_does_not_start(tmp_path, production, name):
    del production[name]

    refused = ask(tmp_path, **production)

    assert refused.returncode != 0
    assert f"环境变量 {name} 没有设置" in refused.stderr


def test_command_says_a_malformed_value_in_one_line(tmp_path):
    refused = subprocess.run(
        [sys.executable, ROOT / "manage.py", "check"],
        env={"PATH": os.environ["PATH"], "YIGE_VAR": str(tmp_path), "YIGE_PORT": "http"},
        capture_output=True,
        text=True,
    )

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "环境变量 YIGE_PORT 的值不对：应为 1 到 65535 的整数。(YIGE_PORT must be a whole number, 1 to 65535.)"
    ]


def test_deployment_checks_have_nothing_to_say(tmp_path, production):
    checked = subprocess.run(
        [sys.executable, ROOT / "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={
            "PATH": os.environ["PATH"],
            "YIGE_VAR": str(tmp_path),
            **production,
            "YIGE_SECRET_KEY": secrets.token_urlsafe(48),
        },
        capture_output=True,
        text=True,
    )

    assert (checked.returncode, checked.stderr) == (0, "")
