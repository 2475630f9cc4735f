-- NOT RUN HERE as a file of the postgres image; its statements are run by tests/pruszcz_portal/test_database_roles.py.
-- portal_owner migrates; portal_web serves and works: it reads and writes rows, and can change no table, trigger or role.
-- Passwords: \password portal_owner, \password portal_web; they go into the files that DATABASE_URL_FILE names.
create role portal_owner login;
create role portal_web login;
create database portal owner portal_owner;
\connect portal
revoke all on schema public from public;
grant usage, create on schema public to portal_owner;
grant usage on schema public to portal_web;
alter default privileges for role portal_owner in schema public grant select, insert, update, delete on tables to portal_web;
alter default privileges for role portal_owner in schema public grant usage, select on sequences to portal_web;
alter default privileges for role portal_owner in schema public grant execute on functions to portal_web;
