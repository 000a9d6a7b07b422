#!/bin/sh
# Run once by the postgres image when its data folder is empty: the three roles and the database.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" -v reader="$READER_PASSWORD" <<'SQL'
CREATE ROLE wattledger_owner LOGIN PASSWORD :'owner';
CREATE ROLE wattledger_app LOGIN PASSWORD :'app';
CREATE ROLE wattledger_reader LOGIN PASSWORD :'reader';
CREATE DATABASE wattledger OWNER wattledger_owner ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0;
REVOKE ALL ON DATABASE wattledger FROM PUBLIC;
GRANT CONNECT ON DATABASE wattledger TO wattledger_app, wattledger_reader;
GRANT TEMPORARY ON DATABASE wattledger TO wattledger_app;
SQL
