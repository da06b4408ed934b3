"""What the page of one social organisation shows: what it tells, who sits at its seat, who wants its seat to see a name."""

from yige.accounts.scope import posts_with
from yige.alliance import organisations
from yige.archive.people import sealing


def first_words(organisation, page):
    """Return what the form begins with: the page as it stands, else what the archive says that it offers."""
    if page:
        return {"does": page.does, "meets": page.meets, "joins": page.joins}
    return {"does": organisation.services}


def member_names(user, organisation, at):
    seen = organisations.members_seen_by(user, organisation, at)
    return [sealing.mask_value(each.person, "name") for each in seen]


def gives_seats(user, organisation, at):
    return bool(posts_with(user, at, "keep_organisations", organisation.grid_path))
