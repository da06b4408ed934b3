"""Which social organisations the list shows: the rows of the archive, each with its page if it has one."""

from yige.alliance.organisations import organisations_run_by


def organisations_listed(user, at):
    rows = organisations_run_by(user, at).select_related("grid", "alliance_page")
    return rows.order_by("grid_path", "name", "pk")
