import { hashOf, journalLine, sealLine, WRITTEN } from './seal-lines';

/** Journals that lie in the stretch of a seal; one more than it counts is enough to see that there are too many. */
const IN_STRETCH = (columns: string): string => `
  select ${columns} from journals j
   where (j.transaction_id, j.journal_id) > (s.after_transaction_id, s.after_journal_id) and (j.transaction_id, j.journal_id) <= (s.last_transaction_id, s.last_journal_id)
   order by j.transaction_id, j.journal_id limit cardinality(s.journal_ids) + 1`;

/** After seal $1: the last seal of the next window, of at most $2 journals and 1,000 seals but of one seal at least; nothing at the end. */
export const NEXT_WINDOW = `
  select max(seal_no) as last from (
    select seal_no, row_number() over w as place, sum(cardinality(journal_ids)) over w as journals
      from (select seal_no, journal_ids from ledger_seals where seal_no > $1 and seal_no <= $3 order by seal_no limit 1000) next window w as (order by seal_no)) counted
   where journals <= $2 or place = 1`;

/** The seals after $1 up to $2, recomputed from the books: how much they cover, and the first that is not as it should be. */
export const CHECK_WINDOW = `
  with seal as materialized (
    select s.*, p.seal_no is not null as preceded, coalesce(p.hash = s.previous_hash, false) as follows,
           coalesce((p.last_transaction_id, p.last_journal_id) = (s.after_transaction_id, s.after_journal_id), false) as goes_on
      from ledger_seals s left join ledger_seals p on p.seal_no = s.seal_no - 1 where s.seal_no > $1 and s.seal_no <= $2),
  journal as materialized (
    select s.seal_no, j.* from seal s cross join lateral (${IN_STRETCH(`j.journal_id, j.transaction_id, ${journalLine('j')} as line`)}) j),
  ${WRITTEN},
  read as (
    select seal_no, sum(entries)::int as entries, array_agg(journal_id order by transaction_id, journal_id) as ids,
           array_agg(mark order by transaction_id, journal_id) as marks, string_agg(text, '' order by transaction_id, journal_id) as text
      from written group by seal_no),
  checked as (
    select s.seal_no, s.journal_count, s.entry_count, preceded, follows and goes_on as follows,
           s.previous_no is not distinct from s.seal_no - 1 and s.hash = ${hashOf(`${sealLine('s')} || E'\\n' || coalesce(r.text, '')`)} as hash_right,
           s.journal_ids = coalesce(r.ids, '{}') and s.marks = coalesce(r.marks, '{}') as marks_right
      from seal s left join read r using (seal_no)),
  wrong as (select * from checked where not (preceded and follows and hash_right and marks_right) order by seal_no limit 1)
  select (select count(*)::int from checked) as seals, (select coalesce(sum(journal_count), 0)::int from checked) as journals,
         (select coalesce(sum(entry_count), 0)::int from checked) as entries, to_jsonb(wrong) - 'journal_count' - 'entry_count' as wrong
    from (select) one left join wrong on true`;

/** The first journal of seal $1 that differs from what the seal keeps of it; the marks of both sides say what differs. */
export const FIRST_DIFFERENCE = `
  with s as materialized (select * from ledger_seals where seal_no = $1),
  kept as materialized (select u.journal_id, u.mark, u.place from s cross join lateral unnest(s.journal_ids, s.marks) with ordinality as u (journal_id, mark, place)),
  journal as materialized (
    select j.journal_id, j.transaction_id, ${journalLine('j')} as line,
           (j.transaction_id, j.journal_id) > (s.after_transaction_id, s.after_journal_id) and (j.transaction_id, j.journal_id) <= (s.last_transaction_id, s.last_journal_id) as inside
      from s join journals j on true
     where j.journal_id in (select journal_id from kept) or j.journal_id in (select near.journal_id from s cross join lateral (${IN_STRETCH('j.journal_id')}) near)),
  ${WRITTEN},
  compared as (
    select journal_id, kept.place, kept.mark as kept, written.mark as found, inside,
           max(kept.place) over (order by transaction_id, journal_id) as reached,
           kept.place <> 1 + count(kept.place) over (order by transaction_id, journal_id rows between unbounded preceding and 1 preceding) as moved
      from kept full join written using (journal_id))
  select journal_id::text as "journalId", kept, found, coalesce(not inside or moved, false) as moved
    from compared where kept is distinct from found or not inside
   order by coalesce(place, reached + 0.5, 0), journal_id limit 1`;

/** Whether a seal lies elsewhere in the chain that has the hash that seal $1 names as its predecessor's. */
export const PREDECESSOR_ELSEWHERE = `
  select exists (select from ledger_seals s join ledger_seals p on p.hash = s.previous_hash where s.seal_no = $1 and p.seal_no <> s.seal_no - 1) as elsewhere`;

/** Whether any seal covers journal $1. */
export const SEALED_SOMEWHERE = `select exists (select from ledger_seals where $1::bigint = any (journal_ids)) as sealed`;

/** The first entry whose journal is not there: no seal speaks of it. */
export const STRAY_ENTRY = `
  select journal_id::text as "journalId", entry_no as "entryNo" from journal_entries e
   where not exists (select from journals j where j.journal_id = e.journal_id) order by journal_id, entry_no limit 1`;
