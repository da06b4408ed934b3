"""Seals anew under the current key and hashes anew under the current index key, while everybody goes on working.

Tables are walked in small batches whose rows are locked one batch at a time; a row that somebody holds is left for the
next pass. What is fresh is not touched, so an interrupted rotation is simply run again. Searches meanwhile ask under
all keys (`sealing.indexes`), so nothing is missed.
"""

import time
from collections import Counter

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, transaction
from django.db.models import BinaryField, Func, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from yige.archive.models import Person, RosterRun
from yige.archive.people import sealing
from yige.archive.rosters import sealed_files
from yige.cases.contact_hashes import contact_index
from yige.cases.models import Reporter
from yige.lib import crypto

BATCH = 500
DIGEST = 32  # bytes of a hash without its key's id
PATIENCE = 60  # passes in which nothing could be done, because others hold the rows
# How a model hashes a text for its search column; the others hash as the archive does.
HASHES = {Reporter: contact_index}
# Hashes made of more than one field: column, the fields needed, how.
COMPOSED = {Person: ("sound_index", ("birth_year",), sealing.set_sound)}
# Hashes of what nobody kept; they pass with their rows within a day.
PASSING = {"archive_signincode.phone_index"}


class CannotFinish(Exception):
    """Something could not be sealed anew; the text is a sentence for the operator."""


def tables():
    """Return everything that holds sealed values."""
    sealed = [
        Table(model)
        for model in apps.get_models()
        if getattr(getattr(model, "Privacy", None), "sealed", None)
    ]
    return [*sorted(sealed, key=lambda table: table.name), Factors(), Rosters()]


def rotate(*, show=lambda done, total: None, batch=BATCH, pause=time.sleep):
    """Bring every sealed value and every hash under the current keys; return how many rows were written."""
    found = [(table, table.left()) for table in tables()]
    total, done = sum(left for _, left in found), 0
    for table, left in found:
        if left:
            for some in passes(table, batch, pause):
                done += some
                show(min(done, total), total)
    if broken := [place for table, _ in found for place in sorted(table.broken)]:
        raise CannotFinish("有些内容用现有的密钥打不开，没有改动：" + "、".join(broken[:20]))
    return done


def passes(table, batch, pause):
    """Walk a table until nothing is left; yields how many rows each batch wrote."""
    idle = 0
    while table.left():
        written = 0
        for some in table.walk(batch):
            written += some
            yield some
        idle = 0 if written else idle + 1
        if idle > PATIENCE:
            raise CannotFinish(f"{table.name} 里还有 {table.left()} 行一直被占用，请过一会儿再运行一次。")
        if idle:
            pause(1)


def remaining():
    """Return how much stands under which key, as {(column, key): count}, the current key included."""
    return sum((table.by_key() for table in tables()), Counter())


def is_current(column, key):
    head = crypto.index_head() if column.endswith("_index") else crypto.head()
    return key == head[:-1].decode()


class Table:
    """One table with sealed columns, named by the model's `Privacy.sealed`: field → its search column or None."""

    def __init__(self, model):
        self.model, self.name, self.broken = model, model._meta.db_table, set()
        self.fields = model.Privacy.sealed
        composed, self.needs, self.compose = COMPOSED.get(model, (None, (), None))
        self.sealed = [f"{field}_sealed" for field in self.fields]
        self.hashed = [column for column in (*self.fields.values(), composed) if column]
        self.passing = [
            field.name
            for field in model._meta.concrete_fields
            if f"{self.name}.{field.name}" in PASSING
        ]  # fmt: skip

    def stale(self):
        head, index_head = crypto.head(), crypto.index_head()
        found = Q()
        for column in self.sealed:
            found |= ~Q(begins(column, head))
        for column in self.hashed:
            whole = Q(begins(column, index_head)) & Q(Exact(Length(column), len(index_head) + DIGEST))
            found |= ~whole
        gone = [place.rpartition(":")[2] for place in self.broken]
        return self.model._base_manager.filter(found).exclude(pk__in=gone)

    def left(self):
        return self.stale().count()

    def walk(self, batch):
        """Go through the table once; yields how many rows each batch wrote."""
        last, more = None, True
        while more:
            with transaction.atomic():
                rows = self.stale() if last is None else self.stale().filter(pk__gt=last)
                rows = rows.only("pk", *self.sealed, *self.hashed, *self.needs).order_by("pk")
                rows = list(rows.select_for_update(skip_locked=True, of=("self",))[:batch])
                more = len(rows) == batch
                last = rows[-1].pk if rows else last
                yield self.write([row for row in rows if self.renew(row)])

    def renew(self, row):
        """Seal and hash one row anew; say whether it can be written."""
        try:
            texts = {
                field: crypto.open_sealed(blob, where=sealing.where(self.model, field, row.pk))
                for field in self.fields
                if (blob := getattr(row, f"{field}_sealed")) is not None
            }
        except crypto.CannotOpen:
            self.broken.add(f"{self.name}:{row.pk}")
            return False
        hashed = HASHES.get(self.model, sealing.index)
        for field, text in texts.items():
            blob = crypto.seal(text, where=sealing.where(self.model, field, row.pk))
            setattr(row, f"{field}_sealed", blob)
            if column := self.fields[field]:
                setattr(row, column, hashed(field, text))
        if self.compose:
            self.compose(row, texts.get("name", ""))
        return True

    def write(self, rows):
        columns = [*self.sealed, *self.hashed]
        sets = ", ".join(f"{connection.ops.quote_name(column)} = %s" for column in columns)
        pk = connection.ops.quote_name(self.model._meta.pk.column)
        sql = f"UPDATE {connection.ops.quote_name(self.name)} SET {sets} WHERE {pk} = %s"  # noqa: S608  our own names
        values = [[*(getattr(row, column) for column in columns), row.pk] for row in rows]
        with connection.cursor() as cursor:
            if values:
                cursor.executemany(sql, values)
        return len(rows)

    def by_key(self):
        found = Counter()
        for column in self.sealed:
            found.update(self._counts(column, SEALED_BY))
        for column in (*self.hashed, *self.passing):
            found.update(self._counts(column, HASHED_BY))
        return found

    def _counts(self, column, key):
        name = connection.ops.quote_name(column)
        sql = f"SELECT {key.format(name)}, count(*) FROM {connection.ops.quote_name(self.name)} WHERE {name} IS NOT NULL GROUP BY 1"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return {(f"{self.name}.{column}", kid): count for kid, count in cursor.fetchall()}


# The head of a sealed value is `algorithm:key:`, that of a hash `key:` or nothing; colons stand before any odd byte.
SEALED_BY = "split_part(encode(substring({0}, 1, 40), 'escape'), ':', 1) || ':' || split_part(encode(substring({0}, 1, 40), 'escape'), ':', 2)"
HASHED_BY = (
    "CASE WHEN length({0}) = 32 THEN '' ELSE split_part(encode(substring({0}, 1, 20), 'escape'), ':', 1) END"
)


class OneByOne:
    """Sealed values that stand elsewhere than in a column, looked at one row after the other."""

    def __init__(self):
        self.broken = set()

    def left(self):
        return sum(self.is_stale(row) for row in self.rows())

    def sound(self, rows):
        return rows.exclude(pk__in=[place.rpartition(":")[2] for place in self.broken]).order_by("pk")

    def walk(self, batch):
        for pk in [row.pk for row in self.rows() if self.is_stale(row)]:
            with transaction.atomic():
                row = self.rows().select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
                yield int(row is not None and self.renew(row))

    def renew(self, row):
        try:
            self.write(row)
        except crypto.CannotOpen:
            self.broken.add(f"{self.name}:{row.pk}")
            return False
        return True


class Factors(OneByOne):
    """Second factors of staff: their secrets stand sealed inside a JSON value."""

    name, sealed = "mfa_authenticator", ("secret", "seed")

    def rows(self):
        return self.sound(Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN))

    def secrets(self, row):
        return [name for name in self.sealed if name in row.data]

    def is_stale(self, row):
        return any(not crypto.is_fresh(get_adapter().blob(row.data[name])) for name in self.secrets(row))

    def write(self, row):
        adapter = get_adapter()
        row.data |= {name: adapter.encrypt(adapter.decrypt(row.data[name])) for name in self.secrets(row)}
        row.save(update_fields=["data"])

    def by_key(self):
        places = [
            (f"{self.name}.{name}", head_of(get_adapter().blob(row.data[name])))
            for row in self.rows()
            for name in self.secrets(row)
        ]
        return Counter(places)


class Rosters(OneByOne):
    """Files of rosters, sealed on the disk while they are needed."""

    name = "archive_rosterrun"

    def rows(self):
        return self.sound(RosterRun.objects.exclude(stored_name=""))

    def is_stale(self, row):
        head = sealed_files.head(row)
        return bool(head) and not crypto.is_fresh(head)

    def write(self, row):
        if sealed_files.head(row):
            sealed_files.write_file(row, sealed_files.read_file(row))

    def by_key(self):
        heads = [sealed_files.head(row) for row in self.rows()]
        return Counter((f"{self.name}.file", head_of(head)) for head in heads if head)


def begins(column, head):
    start = Func(column, Value(1), Value(len(head)), function="SUBSTRING", output_field=BinaryField())
    return Exact(start, Value(head, output_field=BinaryField()))


def head_of(blob):
    return b":".join(blob.split(b":", 2)[:2]).decode()
