import type { ClientBase } from 'pg';

interface Section {
  title: string;
  sql: string;
}

/** Tables of the trade and the platform; the months' partitions come and go and are left out. */
const TABLES = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND NOT c.relispartition
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`;

const SECTIONS: readonly Section[] = [
  {
    title: 'Extensions',
    sql: `SELECT extname AS line FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1`,
  },
  {
    title: 'Tables, views and sequences',
    sql: `SELECT format('%s %s owner %s%s', CASE c.relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'table' END,
            c.relname, pg_get_userbyid(c.relowner), CASE c.relkind WHEN 'p' THEN ' partition by ' || pg_get_partkeydef(c.oid) ELSE '' END) AS line
          FROM ${TABLES} ORDER BY c.relname COLLATE "C"`,
  },
  {
    title: 'Columns',
    sql: `SELECT format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
            CASE WHEN a.attidentity = 'a' THEN ' identity always' WHEN a.attidentity = 'd' THEN ' identity'
                 WHEN a.attgenerated <> '' THEN ' generated ' || pg_get_expr(d.adbin, d.adrelid)
                 WHEN d.oid IS NOT NULL THEN ' default ' || pg_get_expr(d.adbin, d.adrelid) ELSE '' END) AS line
          FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
          JOIN (SELECT c.oid, c.relname FROM ${TABLES} AND c.relkind <> 'S') c ON c.oid = a.attrelid
          WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname COLLATE "C", a.attnum`,
  },
  {
    title: 'Constraints',
    sql: `SELECT format('%s %s %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) AS line
          FROM pg_constraint k JOIN (SELECT c.oid, c.relname FROM ${TABLES}) c ON c.oid = k.conrelid
          WHERE k.contype IN ('c', 'f', 'p', 'u', 'x', 't')
          ORDER BY c.relname COLLATE "C", k.conname COLLATE "C"`,
  },
  {
    title: 'Indexes beside those of constraints',
    sql: `SELECT pg_get_indexdef(i.indexrelid) AS line
          FROM pg_index i JOIN (SELECT c.oid, c.relname FROM ${TABLES}) c ON c.oid = i.indrelid
          WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
          ORDER BY 1`,
  },
  {
    title: 'Triggers',
    sql: `SELECT pg_get_triggerdef(t.oid) AS line
          FROM pg_trigger t JOIN (SELECT c.oid, c.relname FROM ${TABLES}) c ON c.oid = t.tgrelid
          WHERE NOT t.tgisinternal ORDER BY c.relname COLLATE "C", t.tgname COLLATE "C"`,
  },
  {
    title: 'Functions (with a digest of the body)',
    sql: `SELECT format('%s(%s) returns %s%s%s %s', p.proname, pg_get_function_identity_arguments(p.oid), pg_get_function_result(p.oid),
            CASE WHEN p.prosecdef THEN ' security definer' ELSE '' END,
            CASE WHEN p.proconfig IS NULL THEN '' ELSE ' set ' || array_to_string(p.proconfig, ', ') END, left(md5(p.prosrc), 12)) AS line
          FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY 1`,
  },
  {
    title: 'Types',
    sql: `SELECT format('%s %s', t.typname, coalesce((SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid), 'domain')) AS line
          FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd')
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e') ORDER BY 1`,
  },
  {
    title: 'Privileges on tables and sequences',
    sql: `SELECT format('%s %s: %s', c.relname, pg_get_userbyid(g.grantee), string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type)) AS line
          FROM (SELECT c.oid, c.relname, c.relacl FROM ${TABLES}) c, aclexplode(c.relacl) g
          WHERE pg_get_userbyid(g.grantee) <> 'wattledger_owner'
          GROUP BY c.relname, g.grantee ORDER BY 1`,
  },
  {
    title: 'Privileges on single columns',
    sql: `SELECT format('%s.%s %s: %s', c.relname, a.attname, pg_get_userbyid(g.grantee), string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type)) AS line
          FROM pg_attribute a JOIN (SELECT c.oid, c.relname FROM ${TABLES}) c ON c.oid = a.attrelid, aclexplode(a.attacl) g
          GROUP BY c.relname, a.attname, g.grantee ORDER BY 1`,
  },
  {
    title: 'Privileges on functions that not everybody has',
    sql: `SELECT format('%s: %s', p.proname, string_agg(CASE g.grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(g.grantee) END, ', ' ORDER BY g.grantee::regrole::text)) AS line
          FROM pg_proc p, aclexplode(p.proacl) g WHERE p.pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
          GROUP BY p.oid, p.proname ORDER BY 1`,
  },
  {
    title: 'Privileges by default',
    sql: `SELECT format('%s %s: %s', CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' ELSE d.defaclobjtype::text END,
            pg_get_userbyid(g.grantee), string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type)) AS line
          FROM pg_default_acl d, aclexplode(d.defaclacl) g GROUP BY d.defaclobjtype, g.grantee ORDER BY 1`,
  },
];

/** The schema as the server has it, as text that can be compared line by line. */
export async function describeCatalogue(client: ClientBase): Promise<string> {
  const parts: string[] = [];
  for (const { title, sql } of SECTIONS) {
    const { rows } = await client.query<{ line: string }>(sql);
    parts.push(`# ${title}`, ...rows.map(({ line }) => line.replace(/\s*\n\s*/g, ' ')), '');
  }
  return parts.join('\n');
}
