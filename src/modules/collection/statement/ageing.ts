import { Injectable } from '@nestjs/common';
import { dec, sum, text } from '../../../core/quantity';
import { Database } from '../../../platform/database';
import { AGES } from '../collection.codes';
import type { AgeingQuery, AgeingView, AgeView } from './dto/statement.dto';

/** Under an agreement that was kept on the day; from the day after it was broken, and from a person's end of it, the bill is as old as it is; so is one that was paid and is open again. */
const IN_INSTALMENTS = `
  exists (select from instalment_receivables c join instalment_agreements i using (agreement_id)
           where c.receivable_id = r.receivable_id and i.approved_on is not null and i.agreed_on <= $1
             and case i.state when 'broken' then i.broken_on >= $1 when 'cancelled' then i.cancelled_on > $1 when 'ended' then i.ended_on > $1 else true end)`;

/** Open principal by how long it is overdue. */
@Injectable()
export class Ageing {
  constructor(private readonly database: Database) {}

  /** As the receivables stood on a day. Late charges are no part of it: they are in no book before they are paid. */
  async report({ asOf, regionCode }: AgeingQuery): Promise<AgeingView> {
    const day = asOf ?? (await this.today());
    const rows = await this.database.query<AgeView>(
      `with open as (
         select r.due_on, r.amount - coalesce(s.principal, 0) as rest, ${IN_INSTALMENTS} as agreed
           from receivables r
           left join (select receivable_id, sum(principal) as principal from settlements where settled_on <= $1 group by receivable_id) s using (receivable_id)
          where r.opened_on <= $1 and r.amount > coalesce(s.principal, 0)
            and ($2::text is null or exists (select from accounts a where a.account_id = r.account_id and a.region_code = $2)))
       select case when agreed then 'in-instalments' when due_on >= $1::date then 'not-due' when $1::date - due_on <= 30 then '1-30' when $1::date - due_on <= 90 then '31-90'
                   when $1::date - due_on <= 180 then '91-180' when $1::date - due_on <= 365 then '181-365' else 'over-365' end as age,
              count(*)::int as receivables, sum(rest)::text as outstanding
         from open group by 1`,
      [day, regionCode ?? null],
    );
    const ages = AGES.codes.map((age) => rows.find((row) => row.age === age) ?? { age, receivables: 0, outstanding: '0.00' });
    return { asOf: day, ages, outstanding: text(sum(ages.map(({ outstanding }) => dec(outstanding))), 2) };
  }

  private async today(): Promise<string> {
    const [row] = await this.database.query<{ today: string }>('select app_today() as today');
    if (!row) throw new Error('a statement without a row');
    return row.today;
  }
}
