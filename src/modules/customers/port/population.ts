import type { LocalDate } from '../../../core/calendar';

/** A piece of SQL with its values; the places count from the number that it was asked for with. */
export interface SqlSelection {
  readonly text: string;
  readonly params: readonly unknown[];
}

/** Which accounts a run is for. */
export type PopulationChoice =
  | { readonly by: 'all' }
  | { readonly by: 'region'; readonly regionCodes: readonly string[] }
  | { readonly by: 'list'; readonly accountNos: readonly string[] }
  /** Routes and other groupings that another module owns: its own selection of a column `account_id`. */
  | { readonly by: 'selection'; readonly accounts: (firstPlace: number) => SqlSelection };

export interface PopulationRequest {
  readonly choice: PopulationChoice;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly frozenRevision: string;
}

/**
 * A selection of `account_id, account_no, region_code`: the accounts of the choice that were open on some day of
 * `[from, to)`, as recorded up to the frozen revision. Use it as `SELECT … FROM (text) population ORDER BY account_id`;
 * its values begin at `$firstPlace`.
 */
export function populationOf(request: PopulationRequest, firstPlace = 1): SqlSelection {
  const place = (offset: number): string => `$${String(firstPlace + offset)}`;
  const chosen = chosenAccounts(request.choice, firstPlace + 3);
  const text = `SELECT a.account_id, a.account_no, a.region_code FROM accounts a
    WHERE a.recorded_revision <= ${place(2)}::bigint AND a.opened_on < ${place(1)}::date
      AND (a.closed_on IS NULL OR a.closed_revision > ${place(2)}::bigint OR a.closed_on > ${place(0)}::date)${chosen.text}`;
  return { text, params: [request.from, request.to, request.frozenRevision, ...chosen.params] };
}

function chosenAccounts(choice: PopulationChoice, firstPlace: number): SqlSelection {
  switch (choice.by) {
    case 'all':
      return { text: '', params: [] };
    case 'region':
      return { text: ` AND a.region_code = ANY($${String(firstPlace)}::text[])`, params: [choice.regionCodes] };
    case 'list':
      return { text: ` AND a.account_no = ANY($${String(firstPlace)}::text[])`, params: [choice.accountNos] };
    case 'selection': {
      const inner = choice.accounts(firstPlace);
      return { text: ` AND a.account_id IN (SELECT account_id FROM (${inner.text}) chosen)`, params: inner.params };
    }
  }
}
