import type { Language } from '../../../../platform/errors';
import { type Html, html } from '../../bills/page/html';
import type { ChangeBand } from '../checks/check-report';
import { columns } from './charts';
import { compact, grouped } from './figures';
import { figure, legend, table } from './parts';
import { runTexts } from './texts';

interface ChangesSection {
  readonly title: string;
  readonly lead: string;
  readonly changes: readonly ChangeBand[];
}

const signed = (bound: number): string => (bound > 0 ? `+${String(bound)}` : String(bound));

function bandName({ from, to }: ChangeBand, language: Language): string {
  const t = runTexts(language);
  if (from === null) return `${signed(to ?? 0)} % ${t('below')}`;
  return to === null ? `${signed(from)} % ${t('above')}` : `${signed(from)} … ${signed(to)} %`;
}

/** The short name under a column: its lower bound. */
function columnName({ from, to }: ChangeBand): string {
  if (from === null) return `< ${signed(to ?? 0)}`;
  return to === null ? `≥ ${signed(from)}` : `${signed(from)}…${signed(to)}`;
}

/** Bills in bands of change: a plot, and its figures in a table. */
export function changesSection({ title, lead, changes }: ChangesSection, language: Language): Html {
  const t = runTexts(language);
  const all = changes.map((band) => ({
    label: columnName(band),
    count: band.bills,
    shown: compact(String(band.bills), language),
    side: (band.to ?? 1) <= 0 ? ('down' as const) : ('up' as const),
  }));
  const rows = changes.map((band) => [bandName(band, language), grouped(band.bills)]);
  return html`<section><h2>${title}</h2><p class="lead">${lead}</p>
<div class="pair"><div>${figure(`${t('bills')} / %`, columns(title, all))}${legend([{ kind: 'down', text: t('decrease') }, { kind: 'up', text: t('increase') }])}</div>
${table(title, [{ text: t('band') }, { text: t('bills'), figures: true }], rows)}</div></section>`;
}
