import type { Pool } from 'pg';

/** A run as its rows tell it, at one instant. */
export interface RunPicture {
  readonly state: string;
  readonly resultHash: string | null;
  readonly accounts: number;
  readonly pending: number;
  readonly billed: number;
  readonly excluded: number;
  readonly exceptions: number;
}

/** What the intervals of all runs together went through. */
export interface Troubles {
  /** Claims of an interval that somebody had claimed before. */
  readonly takeovers: number;
  /** Of these: because a worker had ended or fallen silent, the server not having been restarted meanwhile. */
  readonly losses: number;
  readonly interruptions: number;
  readonly failures: number;
  readonly parked: number;
  readonly splits: number;
  /** Times that a person put parked intervals back to work. */
  readonly humanActs: number;
}

/** An interval that a worker holds. */
export interface Holder {
  readonly worker: string;
  readonly intervalNo: number;
  readonly fence: number;
}

const PICTURE = `
  select r.state, r.result_hash as "resultHash", i.*, accounts - billed - excluded - exceptions as pending
    from billing_runs r
    cross join lateral (select coalesce(sum(population), 0)::int as accounts, coalesce(sum(billed), 0)::int as billed,
                               coalesce(sum(excluded), 0)::int as excluded, coalesce(sum(exceptions), 0)::int as exceptions
                          from billing_run_intervals where run_id = r.run_id) i
   where r.run_id = $1`;

/** Every way in which the bills of a run may not fit to its members; all counts are 0 where nobody is billed twice or left out. */
const DIFFERENCES = `
  with mine as (select * from bills where run_id = $1),
       members as (select account_id from billing_run_members where run_id = $1 and exclusion_code is null),
       parked as (select account_id from billing_exceptions where run_id = $1)
  select (select count(*) from (select from mine group by account_id, supply_circuit having count(*) > 1) twice)::int as duplicates,
         (select count(*) from members m where not exists (select from mine b where b.account_id = m.account_id)
                                           and not exists (select from parked p where p.account_id = m.account_id))::int as missing,
         (select count(*) from mine b where not exists (select from members m where m.account_id = b.account_id))::int as strangers,
         (select count(*) from mine b where b.line_count <> (select count(*) from bill_lines l where l.period = b.period and l.bill_id = b.bill_id))::int as "wrongLines",
         (select count(*) from mine b where 1 <> (select count(*) from bill_documents d where d.period = b.period and d.bill_id = b.bill_id))::int as "wrongDocuments",
         (select count(*) - count(distinct bill_no) from mine)::int as "sharedNumbers",
         (select count(*) from parked)::int as exceptions,
         (coalesce((select sum(total_amount) from mine), 0) <> (select sum(total_amount) from billing_run_intervals where run_id = $1))::int as "wrongTotal"`;

/** Looks at runs past the application, and goes on asking where the server is just away. */
export class RunWatch {
  constructor(private readonly db: Pool) {}

  async picture(runId: string): Promise<RunPicture> {
    const [row] = await this.ask<RunPicture>(PICTURE, [runId]);
    if (!row) throw new Error(`there is no run ${runId}`);
    return row;
  }

  async differences(runId: string): Promise<Record<string, number>> {
    const [row] = await this.ask<Record<string, number>>(DIFFERENCES, [runId]);
    return row ?? {};
  }

  async troubles(): Promise<Troubles> {
    const [row] = await this.ask<Troubles>(`
      select sum(greatest(fence - 1, 0))::int as takeovers, sum(losses)::int as losses, sum(interruptions)::int as interruptions, sum(failures)::int as failures,
             (count(*) filter (where state = 'parked'))::int as parked, count(split_from)::int as splits,
             (select count(*) from audit_events where action = 'billing.run.resume')::int as "humanActs"
        from billing_run_intervals`);
    if (!row) throw new Error('a sum without a row');
    return row;
  }

  /** How often intervals of the run were interrupted because a disk was full. */
  async fullDiskInterruptions(runId: string): Promise<number> {
    const [row] = await this.ask<{ n: number }>(`select coalesce(sum(interruptions), 0)::int as n from billing_run_intervals where run_id = $1 and fault_code = 'SQLSTATE.53100'`, [runId]);
    return row?.n ?? 0;
  }

  /** Who holds intervals of the run just now, with their numbers and fences. */
  holders(runId: string): Promise<Holder[]> {
    return this.ask(
      `select worker, interval_no as "intervalNo", fence from billing_run_intervals where run_id = $1 and state = 'computing' and lease_until > clock_timestamp() order by interval_no`,
      [runId],
    );
  }

  /** Whether somebody else got an interval since, or has finished it. */
  async wasTakenOver(runId: string, held: Holder): Promise<boolean> {
    const rows = await this.ask('select 1 from billing_run_intervals where run_id = $1 and interval_no = $2 and fence > $3', [runId, held.intervalNo, held.fence]);
    return rows.length > 0;
  }

  /**
   * Lets the minute of a lease pass at once, for one worker or for all; answers how many there were. An interval that
   * its worker is just writing stays locked and is left alone, as a worker that wants to claim it does.
   */
  async endLeases(runId: string, worker: string | null): Promise<number> {
    const rows = await this.ask(
      `update billing_run_intervals set lease_until = clock_timestamp()
        where run_id = $1 and interval_no in (select interval_no from billing_run_intervals
                where run_id = $1 and state = 'computing' and ($2::text is null or worker = $2) for update skip locked) returning 1`,
      [runId, worker],
    );
    return rows.length;
  }

  /** Asks as long as the server is away, at most half a minute. */
  async ask<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await this.db.query(sql, [...params])).rows as Row[];
      } catch (error) {
        if (attempt > 120 || !isAway(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }
}

function isAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return /^(08|57P|ECONN)/.test(code) || /terminated|ECONN|closed/i.test(message);
}
