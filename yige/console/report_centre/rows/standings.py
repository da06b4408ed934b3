"""How the reader of a sheet stands to it: whether its cells are his to type, whether its term is his to decide."""

from yige.report_centre.queries import standings_of
from yige.report_centre.request_rules import KEEPER


def is_mine(sheet, user, at):
    return sheet.owner_id == user.pk or bool(standings_of(user, at, sheet.request.unit))


def is_keeper(sheet, user, at):
    return KEEPER in standings_of(user, at, sheet.request.unit)
