"""Many rows into one table by COPY: the only way that keeps up with a large roster."""

from django.db import connection

PIECE = 1 << 18  # bytes sent at a time; row by row the driver would wait for the network after each
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy(model, names, rows) -> None:
    """Insert rows (tuples in the order of `names`, attribute names of the model's fields)."""
    known = {field.attname: field.column for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    listed = ", ".join(quote(known[name]) for name in names)
    statement = f"COPY {quote(model._meta.db_table)} ({listed}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as into:
        lines, size = [], 0
        for row in rows:
            line = "\t".join([_text(value) for value in row])
            lines.append(line)
            size += len(line)
            if size > PIECE:
                into.write("\n".join(lines) + "\n")
                lines, size = [], 0
        if lines:
            into.write("\n".join(lines) + "\n")


def _text(value):
    """Return a value as COPY reads it: text format, nothing that could end a field or a row."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    if isinstance(value, list):
        return "{" + ",".join(_element(each) for each in value) + "}"
    return str(value)


def _element(text):
    """Return one text of an array, quoted."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'.translate(_ESCAPES)
