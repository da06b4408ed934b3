"""The console's addresses: one file a room. Where two could answer, the room that stands first does."""

from yige.console.account import urls as account
from yige.console.admin import urls as admin
from yige.console.alliance import urls as alliance
from yige.console.assessment import urls as assessment
from yige.console.bulletins import urls as bulletins
from yige.console.cases import urls as cases
from yige.console.command_view import urls as command_view
from yige.console.contact import urls as contact
from yige.console.deliberation import urls as deliberation
from yige.console.desk import urls as desk
from yige.console.duty_list import urls as duty_list
from yige.console.duty_roster import urls as duty_roster
from yige.console.files import urls as files
from yige.console.maps import urls as maps
from yige.console.places import urls as places
from yige.console.report_centre import urls as report_centre
from yige.console.rosters import urls as rosters
from yige.console.topics import urls as topics
from yige.console.whistles import urls as whistles

app_name = "console"
ROOMS = (
    desk,
    command_view,
    assessment,
    bulletins,
    whistles,
    topics,
    alliance,
    deliberation,
    duty_list,
    duty_roster,
    report_centre,
    cases,
    maps,
    contact,
    files,
    places,
    rosters,
    admin,
    account,
)
urlpatterns = [pattern for room in ROOMS for pattern in room.urlpatterns]
