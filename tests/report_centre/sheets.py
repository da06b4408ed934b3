"""Requests and sheets as they come about: asked by an office outside or by a unit, listed by the desk."""

from datetime import timedelta

from tests.factories import MONDAY_NOON
from yige.lib.local_time import local_day
from yige.report_centre import actions
from yige.report_centre.words import Basis, Rhythm

ROWS = {"columns": ["number", "category", "unit", "reported_at", "overdue", "reopen_no"], "grouping": ""}
BY_UNIT = {"columns": ["matters", "still_open", "kept__of", "kept__met", "kept__share"], "grouping": "unit"}


def asked(here, *, by=None, unit=None, at=MONDAY_NOON, **said):
    said = {
        "name": "路灯月报", "asker": "区城管局", "basis_kind": Basis.DECISION, "basis": "区政府办 3 号文", "cells": "每盏灯什么时候修好",
        "rhythm": Rhythm.MONTHLY, "minutes": 45, **said,
    }  # fmt: skip
    return actions.ask_sheet(unit or here.street_unit, by=by or here.desk, at=at, **said)


def listed(
    here, *, by=None, owner=None, at=MONDAY_NOON, request=None, until=None, view=ROWS, typed=(), **said
):
    said = {"span": "this_month", "filters": {}, "rhythm": Rhythm.MONTHLY, "due_day": 1, **view, **said}
    return actions.list_sheet(
        request or asked(here, at=at), by=by or here.desk, at=at, words="每月 1 日从平台取", owner=owner or here.desk,
        until=until or local_day(at) + timedelta(days=300), typed=list(typed), **said,
    )  # fmt: skip
