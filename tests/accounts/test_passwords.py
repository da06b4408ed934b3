from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.accounts.doors import sign_in
from tests.factories import PASSWORD
from yige.accounts import actions
from yige.accounts.models import User
from yige.accounts.passwords import ThreeKinds


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("abcdefghijkl", False),
        ("abcdefgh1234", False),
        ("Abcdefgh1234", True),
        ("abcdefgh12-4", True),
        ("老槐树下有一口井", False),
        ("老槐树下2026有well", True),
        ("", False),
    ],
)
def test_three_kinds_of_signs(password, good):
    if good:
        ThreeKinds().validate(password)
    else:
        with pytest.raises(ValidationError, match="至少要有三种"):
            ThreeKinds().validate(password)


@pytest.mark.parametrize(("profile_days", "age", "asked"), [(90, 91, True), (90, 89, False), (0, 999, False)])
def test_old_password_is_changed_before_the_desk_opens(client, here, settings, profile_days, age, asked):
    settings.YIGE_PASSWORD_DAYS = profile_days
    User.objects.filter(pk=here.worker.pk).update(made_at=timezone.now() - timedelta(days=age))

    sign_in(client, "worker")

    assert (client.get("/console/").status_code == 302) == asked
    new = "另一棵老槐树下的石凳子"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/console/").status_code == 200
    assert sign_in(client.__class__(), "worker", new).headers["Location"] == "/console/"


def test_age_counts_from_the_last_change(client, here, settings):
    settings.YIGE_PASSWORD_DAYS = 90
    User.objects.filter(pk=here.worker.pk).update(made_at=timezone.now() - timedelta(days=900))
    actions.set_password(
        here.worker, by=here.worker, at=timezone.now() - timedelta(days=10), password="老槐树下有一口井2026"
    )

    sign_in(client, "worker", "老槐树下有一口井2026")

    assert client.get("/console/").status_code == 200
