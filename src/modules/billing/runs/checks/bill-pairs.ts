/** Bills of a kind that stand in each other's place: the last bill of an account comes instead of its periodic one. */
const placeOf = (bill: string): string => `case ${bill}.kind when 'final' then 'periodic' else ${bill}.kind end`;

/** The condition under which two bills, of two months or two runs, are of the same account, supply circuit and place. */
export const samePlace = (one: string, other: string): string =>
  `${other}.account_id = ${one}.account_id and ${other}.supply_circuit = ${one}.supply_circuit and ${placeOf(other)} = ${placeOf(one)}`;
