import { dayFlaws, minuteWindows, MinuteWindow } from '../calendar';
import type { CalendarSeason, TariffCalendar } from './tariff-document';
import type { TariffProblems } from './tariff-problem';
import { Voltage, VOLTAGES } from './vocabulary';

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function checkDay(season: CalendarSeason, path: string, complete: boolean, problems: TariffProblems): void {
  const stretches: MinuteWindow[] = [];
  season.windows.forEach((window, index) => {
    const minutes = minuteWindows(window);
    if (minutes === null) {
      problems.add('TARIFF.WINDOW_INVALID', `${path}/windows/${index}`, 'from and to as HH:MM, 00:00 to 24:00, not equal', {
        from: window.from,
        to: window.to,
      });
    } else stretches.push(...minutes);
  });
  for (const flaw of dayFlaws(stretches)) {
    if (flaw.kind === 'gap' && !complete) continue;
    problems.add(flaw.kind === 'gap' ? 'TARIFF.DAY_GAP' : 'TARIFF.DAY_OVERLAP', `${path}/windows`, 'windows that cover 00:00 to 24:00 exactly once', {
      season: season.season,
      from: flaw.from,
      to: flaw.to,
      periods: flaw.periods.join(', '),
    });
  }
}

function checkMonths(calendar: TariffCalendar, voltage: Voltage, path: string, problems: TariffProblems): boolean {
  let sound = true;
  for (const month of MONTHS) {
    const seasons = seasonsOf(calendar, voltage, month);
    if (seasons.length === 1) continue;
    sound = false;
    problems.add(seasons.length === 0 ? 'TARIFF.MONTH_NOT_COVERED' : 'TARIFF.MONTH_OVERLAP', `${path}/seasons`, 'each month in exactly one season', {
      month: String(month),
      voltage,
      seasons: seasons.map((season) => season.season).join(', '),
    });
  }
  return sound;
}

/** The seasons of a calendar that hold in a month at a voltage; exactly one in a sound calendar. */
export function seasonsOf(calendar: TariffCalendar, voltage: Voltage, month: number): CalendarSeason[] {
  return calendar.seasons.filter((season) => season.months.includes(month) && (season.voltages?.includes(voltage) ?? true));
}

/** Checks one calendar: hours that cover the day exactly once, months that belong to exactly one season. */
export function checkCalendar(calendar: TariffCalendar, path: string, problems: TariffProblems): void {
  calendar.seasons.forEach((season, index) => checkDay(season, `${path}/seasons/${index}`, calendar.complete, problems));
  for (const voltage of VOLTAGES) {
    if (!checkMonths(calendar, voltage, path, problems)) break;
  }
}
