#!/bin/sh
# The database and its two roles (docs/operations.md §4), made once, when the volume of the database is empty.
set -eu
psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" \
    -v owner="$YIGE_OWNER_PASSWORD" -v app="$YIGE_APP_PASSWORD" <<'SQL'
CREATE ROLE yige_owner LOGIN PASSWORD :'owner';
CREATE ROLE yige_app LOGIN PASSWORD :'app';
CREATE DATABASE yige OWNER yige_owner ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE ALL ON DATABASE yige FROM PUBLIC;
GRANT CONNECT ON DATABASE yige TO yige_app;
SQL
