"""Find a citizen by a name that is half remembered, among those one may see.

Under row security a trigram index serves nobody: its operators may not look behind a policy. This
reviewed function looks as the owner, behind the tenant's wall, and gives only keys that the
asker's own grants show.
"""

from django.db import migrations

from velvalgt.apps.audit.rowsecurity import OWNER, WEB

SEARCH = f"""
create function people_name_words(name text) returns text language sql immutable strict
  set search_path = public, pg_temp as $$ select lower(unaccent('unaccent', name)) $$;
create index people_citizen_name on people_citizen
  using gin (people_name_words(name) gin_trgm_ops);
create function people_search(asked text, at_most integer)
  returns table (citizen_id uuid, likeness real)
  language sql stable security definer
  set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.5 as $$
  select c.id, word_similarity(people_name_words(asked), people_name_words(c.name))
  from people_citizen c
  where c.tenant_id = velvalgt_tenant() and people_name_words(asked) <% people_name_words(c.name)
    and (velvalgt_sees_everyone() or c.id in (select velvalgt_visible_citizens()))
  order by 2 desc, c.name, c.id limit least(at_most, 50) $$;
alter function people_search(text, integer) owner to {OWNER};
revoke all on function people_search(text, integer) from public;
grant execute on function people_search(text, integer) to {WEB};
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_walls")]

    operations = [
        migrations.RunSQL(
            SEARCH,
            "drop function people_search(text, integer); drop index people_citizen_name;"
            " drop function people_name_words(text);",
        ),
    ]
