"""A request about a file, for the routes of the rights desk; a resident's own pages lead everybody else to the sign-in."""

from tests.factories import family
from yige.archive import rights


def own(here, at):
    """Return the variable parts of the routes of requests and of residents' own pages."""
    made = family(here, room="704")
    asked = rights.ask(made.contact, by=here.registrar, at=at, kind="correct", words="名字写错了")
    one = {"uuid:pk": asked.pk}
    file = {"uuid:pk": made.contact_id}
    return {
        "console/requests/<uuid:pk>/": one,
        "console/requests/<uuid:pk>/<slug:verb>/": {**one, "slug:verb": "answer"},
        **{f"my/{page}/<uuid:pk>/": file for page in ("file", "looks", "requests/new")},
        "my/labels/<uuid:pk>/withdraw/": file,
        "my/slots/<uuid:pk>/book/": file,
        "my/appointments/<uuid:pk>/cancel/": file,
    }
