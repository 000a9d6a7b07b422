import { defineGauge } from '../../../platform/health';
import { UNSEALED } from './seal.repository';

defineGauge({
  name: 'wattledger_ledger_unsealed_journals',
  help: 'Journals that no seal covers yet.',
  labels: [],
  read: async (database) => (await database.query<{ value: number }>(`select count(*)::int as value from (${UNSEALED}) u`)).map(({ value }) => ({ labels: {}, value })),
});

defineGauge({
  name: 'wattledger_ledger_unsealed_age_seconds',
  help: 'Age of the oldest journal that no seal covers yet; it grows while a transaction is kept open, or while no worker runs.',
  labels: [],
  read: async (database) =>
    (await database.query<{ value: number }>(`select coalesce(extract(epoch from app_now() - min(created_at)), 0)::float8 as value from (${UNSEALED}) u`)).map(
      ({ value }) => ({ labels: {}, value }),
    ),
});
