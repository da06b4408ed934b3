"""Everybody and everything the stories need, read once and kept in memory."""

from collections import defaultdict

from yige.accounts.models import Unit, User
from yige.accounts.roles import permits
from yige.cases.models import Category
from yige.demo import staff
from yige.grids.models import Grid


class StoryContext:
    """Users, units, grids and categories by the names the demo uses."""

    def __init__(self):
        self.users = {user.username: user for user in User.objects.all()}
        self.users_by_id = {user.pk: user for user in self.users.values()}
        self.units = {unit.slug: unit for unit in Unit.objects.all()}
        self.grids = {grid.path: grid for grid in Grid.objects.current()}
        self.categories = {category.slug: category for category in Category.objects.all()}
        self._posts = defaultdict(list)
        for person in staff.invented_staff():
            self._posts[person.unit].append(person)

    def user(self, username):
        return self.users[username]

    def doers(self, slug, path):
        """Those of a unit who may handle a case at this place."""
        able = [
            each
            for each in self._posts[slug]
            if permits([each.role], "handle") and path.startswith(each.path)
        ]
        return [self.users[each.username] for each in able]

    def head(self, path, level):
        """The head of the community (2) or grid (3) around this place; an exclusive grid has one too."""
        digits = path.strip("/").split("/")[1:level]
        if digits == ["001"]:
            return self.users["community"]
        return self.users["grid" if digits == ["001", "01"] else f"head-{'-'.join(digits)}"]

    def intake(self, channel, path, random):
        """Who types in a report that came by this channel; None when the reporter did it alone."""
        _, community, grid, *_ = path.strip("/").split("/")
        if channel == "snap":
            return None
        if channel == "hotline":
            return self.users[random.choice(("hotline", "hotline-2"))]
        if channel == "station":
            return self.users[f"station-{community}"]
        if channel in ("h12345", "upper"):
            return self.users[random.choice(("desk", "desk-2", "desk-3"))]
        if channel in ("forum", "owners", "secretary"):
            return self.head(path, 2)
        return random.choice(self.doers(f"grid-{community}-{grid}", path))
