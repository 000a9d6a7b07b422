/**
 * The text that a seal is the hash of, as SQL. Format 1, described for auditors in docs/ledger.md: one line for the
 * seal, one for each of its journals in the order of the chain, each followed by its entries in the order of their
 * numbers. A line is a JSON array with a line feed after it; instants are UTC with microseconds. It is never changed:
 * another text would be another format, and old seals keep theirs.
 */
export const SEAL_FORMAT = 1;

const instant = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The line of a row of `journals`, without its line feed. */
export const journalLine = (row: string): string =>
  `json_build_array('journal', ${row}.journal_id, ${row}.kind, ${row}.period, ${row}.source_id, ${row}.reverses_journal_id, ${row}.posted_on, ` +
  `${row}.transaction_id::text, ${instant(`${row}.created_at`)})::text`;

/** The line of a row of `journal_entries`, without its line feed. */
export const entryLine = (row: string): string =>
  `json_build_array('entry', ${row}.entry_no, ${row}.ledger_code, ${row}.account_id, ${row}.amount)::text`;

/** The first line: everything that the seal says of itself. */
export const sealLine = (row: string): string =>
  `json_build_array('seal', ${String(SEAL_FORMAT)}, ${row}.seal_no, encode(${row}.previous_hash, 'hex'), ${row}.after_transaction_id::text, ${row}.after_journal_id, ` +
  `${row}.last_transaction_id::text, ${row}.last_journal_id, ${row}.journal_count, ${row}.entry_count, ${instant(`${row}.sealed_at`)})::text`;

/** SHA-256 of a text in UTF-8. */
export const hashOf = (text: string): string => `sha256(convert_to(${text}, 'UTF8'))`;

/** What a seal keeps of a line besides the hash of all: enough to find the line that was changed. */
export const markOf = (line: string): string => `substr(${hashOf(line)}, 1, 8)`;

/**
 * Follows `with journal as (… journal_id, line …)`: for each journal all of its lines as `text`, its `mark` with those of
 * its entries, and their number as `entries`. The entries are looked up journal by journal: how many journals there are
 * is beyond what the planner can guess of transactions.
 */
export const WRITTEN = `
  written as materialized (
    select journal.*, journal.line || E'\\n' || coalesce(e.text, '') as text, ${markOf('journal.line')} || coalesce(e.marks, '') as mark, e.entries
      from journal cross join lateral (
        select string_agg(line || E'\\n', '' order by entry_no) as text,
               string_agg(int2send(entry_no) || ${markOf('line')}, '' order by entry_no) as marks, count(*)::int as entries
          from (select entry_no, ${entryLine('entry')} as line from journal_entries entry where entry.journal_id = journal.journal_id order by entry_no) entries) e)`;
