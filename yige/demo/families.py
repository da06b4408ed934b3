"""Who lives together: the shapes of households of an old factory district, drawn from a seed.

Shares are chosen so that a household counts 2.5 people and the ages come out as in the domain reference §8.2:
0–13 12 %, 14–59 64 %, 60–79 20 %, 80 and more 4 %. Ages are years of the calendar, so that nothing here knows today.
"""

from typing import NamedTuple

from yige.archive.words import Relation
from yige.demo.invented_names import given_name, surname

MAN, WOMAN = "1", "2"
ADULT = 18  # younger ones have a guardian of their household
NAMED_FOR = 2026  # the fashion of names follows the years of birth as of this year


class Member(NamedTuple):
    name: str
    sex: str
    age: int
    relation: str
    guardian: int = -1  # the place of the guardian in the household


def draw_household(random):
    """Draw one household: its people, the first is its head, and whether it rents."""
    shape, _, rents = random.choices(SHAPES, [share for _, share, _ in SHAPES])[0]
    return shape(random), random.random() < rents


def alone(random, age):
    """Return the household of somebody of this age who lives alone."""
    return [_head(random, age, random.choice((MAN, WOMAN)))]


def _young_alone(random):
    return alone(random, random.randint(21, 59))


def _old_alone(random):
    return [_head(random, _old(random), random.choices((MAN, WOMAN), (3, 7))[0])]


def _young_couple(random):
    return couple(random, random.randint(23, 44))


def _couple(random):
    return couple(random, random.randint(45, 59))


def _old_couple(random):
    return couple(random, _old(random))


def _one_child(random):
    pair = couple(random, random.randint(25, 46))
    return _with_child(random, pair, random.randint(0, min(17, pair[1].age - 21)))


def _two_children(random):
    pair = couple(random, random.randint(29, 48))
    oldest = random.randint(3, min(20, pair[1].age - 21))
    family = _with_child(random, pair, oldest)
    return _with_child(random, family, random.randint(0, oldest - 1))


def _grown_child(random):
    pair = couple(random, random.randint(43, 62))
    return _with_child(random, pair, random.randint(15, min(34, pair[1].age - 22)))


def _one_parent(random):
    parent = [_head(random, random.randint(27, 56), random.choices((MAN, WOMAN), (3, 7))[0])]
    return _with_child(random, parent, random.randint(1, min(24, parent[0].age - 21)))


def _three_generations(random):
    pair = couple(random, random.randint(29, 50))
    family = _with_child(random, pair, random.randint(0, min(20, pair[1].age - 22)))
    age = min(pair[0].age + random.randint(22, 32), 92)
    family.append(_member(random, WOMAN, age, Relation.PARENT))
    if random.random() < 0.5:
        family.append(_member(random, MAN, age + random.randint(0, 4), Relation.PARENT, family[0].name[0]))
    return family


def _old_with_child(random):
    family = _old_couple(random) if random.random() < 0.5 else _old_alone(random)
    return _with_child(random, family, max(family[-1].age - random.randint(22, 34), 22))


def _sharing(random):
    ages = [random.randint(20, 34) for _ in range(random.choice((2, 2, 3)))]
    first, *others = (_head(random, age, random.choice((MAN, WOMAN))) for age in ages)
    return [first, *(each._replace(relation=Relation.OTHER) for each in others)]


def _old(random):
    return random.randint(60, 79) if random.random() < 0.79 else random.randint(80, 96)


def _head(random, age, sex):
    return _member(random, sex, age, Relation.HEAD)


def couple(random, age):
    """A man and a woman of about one age; now and then she is the head."""
    man = _head(random, age, MAN)
    woman = _head(random, max(age + random.randint(-4, 2), 21), WOMAN)
    first, second = (man, woman) if random.random() < 0.8 else (woman, man)
    return [first, second._replace(relation=Relation.SPOUSE)]


def _with_child(random, family, age):
    """Add a child, who bears the father's name where there is a father; under age the mother is the guardian."""
    parents = [
        place for place, each in enumerate(family) if each.relation in (Relation.HEAD, Relation.SPOUSE)
    ]
    fathers = [place for place in parents if family[place].sex == MAN]
    name = family[(fathers or parents)[0]].name[0]
    guardian = parents[-1] if age < ADULT else -1
    child = _member(random, random.choice((MAN, WOMAN)), age, Relation.CHILD, name)
    return [*family, child._replace(guardian=guardian)]


def _member(random, sex, age, relation, name=""):
    return Member((name or surname(random)) + given_name(random, sex, NAMED_FOR - age), sex, age, relation)


# fmt: off
SHAPES = (
    #  who               share  rents
    (_young_alone,        7,    .50),
    (_old_alone,          9.5,  .03),
    (_young_couple,       7,    .32),
    (_couple,            9.5,  .04),
    (_old_couple,        14.5,    .01),
    (_one_child,         13.5,    .15),
    (_two_children,       6.5,    .12),
    (_grown_child,       15,  .04),
    (_one_parent,         3,    .20),
    (_three_generations,  8,  .03),
    (_old_with_child,     6.5,  .02),
    (_sharing,            3,    1.0),
)
# fmt: on
