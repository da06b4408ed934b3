"""What stood in the tables before is searched like what comes after."""

from importlib import import_module

from django.apps import apps
from django.db import connection

from tests import factories
from yige.cases.contact_hashes import contact_indexes
from yige.cases.models import Case, Reporter
from yige.lib.crypto import blind_index


def run(migration, step):
    getattr(import_module(f"yige.cases.migrations.{migration}"), step)(apps, connection.schema_editor())


def test_reporters_from_before_are_found_by_phone_and_name(here):
    factories.reported(here, contact={"name": "李 敏", "phone": "+86 199 5555 0001"})
    factories.reported(here, contact={"name": "", "phone": "0371-6888 1234"})
    Reporter.objects.update(phone_index=blind_index("+86 199 5555 0001"), name_index=None)

    run("0003_reporter_search_hashes", "hash_anew")

    assert Reporter.objects.get(phone_index__in=contact_indexes("phone", "19955550001")).name_sealed
    assert Reporter.objects.get(name_index__in=contact_indexes("name", "李敏")).phone_sealed
    assert not Reporter.objects.get(phone_index__in=contact_indexes("phone", "037168881234")).name_index


def test_a_contact_that_no_key_opens_stays_as_it_is(here):
    factories.reported(here, contact={"name": "李敏", "phone": "19955550001"})
    Reporter.objects.update(phone_sealed=b"aes256gcm:gone:" + b"x" * 40, phone_index=b"as it was")

    run("0003_reporter_search_hashes", "hash_anew")

    assert bytes(Reporter.objects.get().phone_index) == b"as it was"


def test_cases_from_before_are_found_in_the_same_form(here):
    factories.reported(here, place="３栋")
    Case.objects.update(search_text="", grams=[])

    run("0004_search_in_one_form", "bring_into_form")

    assert Case.objects.matching("三号楼").count() == 1
