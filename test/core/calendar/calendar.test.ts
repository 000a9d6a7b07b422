import { addDays, addMonths, contains, cutPeriod, dateOfDayNumber, dayFlaws, dayNumber, daysIn, daysInMonth, intersect, isLocalDate, minutesOf, minuteWindows, monthPeriod, monthStartsInside } from '../../../src/core/calendar';

describe('days of the calendar', () => {
  it('counts days through leap years, centuries and year ends', () => {
    expect([dayNumber('1970-01-01'), dayNumber('2000-03-01'), dayNumber('2026-06-01')]).toEqual([0, 11017, 20605]);
    expect([addDays('2024-02-28', 1), addDays('2100-02-28', 1), addDays('2026-12-31', 1), addDays('2026-01-01', -1)]).toEqual(['2024-02-29', '2100-03-01', '2027-01-01', '2025-12-31']);
    // the last day of four hundred years, and a year of three digits
    expect([dateOfDayNumber(11016), addDays('0999-12-30', 1), addMonths('0998-12', 1)]).toEqual(['2000-02-29', '0999-12-31', '0999-01']);
    for (let day = -200_000; day < 200_000; day += 977) expect(dayNumber(dateOfDayNumber(day))).toBe(day);
  });

  it('knows the days that there are', () => {
    expect(['2024-02-29', '2024-02-29', '0999-01-31'].map(isLocalDate)).toEqual([true, true, true]);
    const others = ['2025-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '2026-6-1', '2026/06/01', '2026-06-01T', ' 2026-06-01', '12026-06-01', 'NaN-NaN-NaN', 'yyyy-mm-dd', '-001-01-01', '二〇二六-06-01', ''];
    expect(others.filter(isLocalDate)).toEqual([]);
  });

  it('knows months', () => {
    expect([daysInMonth('2024-02'), daysInMonth('2026-02'), addMonths('2026-11', 3), addMonths('2026-01', -1)]).toEqual([29, 28, '2027-02', '2025-12']);
    expect(monthPeriod('2026-12')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
    expect(monthStartsInside({ from: '2026-05-16', to: '2026-07-02' })).toEqual(['2026-06-01', '2026-07-01']);
    expect(monthStartsInside(monthPeriod('2026-05'))).toEqual([]);
    expect([['2026-06-10', '2026-06-20'], ['2026-06-20', '2026-07-01'], ['2026-06-20', '2026-07-02'], ['2026-01-31', '2026-03-02'], ['2026-06-01', '2026-06-01']].map(([from = '', to = '']) => monthStartsInside({ from, to }))).toEqual([
      [], [], ['2026-07-01'], ['2026-02-01', '2026-03-01'], [],
    ]);
  });
});

describe('half-open periods', () => {
  it('hold their first day and not the day of their end', () => {
    const june = monthPeriod('2026-06');
    expect(['2026-05-31', '2026-06-01', '2026-06-30', '2026-07-01'].map((day) => contains(june, day))).toEqual([false, true, true, false]);
  });

  it('share days, and touch without sharing any', () => {
    expect(intersect({ from: '2026-06-01', to: '2026-07-01' }, { from: '2026-06-20', to: null })).toEqual({ from: '2026-06-20', to: '2026-07-01' });
    expect(intersect({ from: '2026-06-01', to: '2026-07-01' }, { from: '2026-07-01', to: '2026-08-01' })).toBeNull();
  });

  it('are cut without gap or overlap', () => {
    const pieces = cutPeriod({ from: '2026-06-01', to: '2026-07-01' }, ['2026-06-11', '2026-06-11', '2026-07-01', '2026-05-01', '2026-06-05']);
    expect(pieces).toEqual([{ from: '2026-06-01', to: '2026-06-05' }, { from: '2026-06-05', to: '2026-06-11' }, { from: '2026-06-11', to: '2026-07-01' }]);
    expect(pieces.reduce((days, piece) => days + daysIn(piece), 0)).toBe(30);
  });
});

describe('windows of a day', () => {
  it('pass midnight as two stretches, and end at 24:00', () => {
    expect(minuteWindows({ period: 'valley', from: '22:00', to: '06:00' })).toEqual([{ period: 'valley', from: 1320, to: 1440 }, { period: 'valley', from: 0, to: 360 }]);
    expect(minuteWindows({ period: 'flat', from: '22:00', to: '00:00' })).toEqual([{ period: 'flat', from: 1320, to: 1440 }]);
    expect([minutesOf('24:00'), minutesOf('24:30'), minutesOf('8:00')]).toEqual([1440, null, null]);
    expect([minuteWindows({ period: 'p', from: '24:00', to: '06:00' }), minuteWindows({ period: 'p', from: '08:00', to: '08:00' })]).toEqual([null, null]);
  });

  it('are told from texts that are no time of day', () => {
    expect(['x08:00', '108:00', '08:000', '24:000', 'x24:00', '23:60', '24:01'].map(minutesOf)).toEqual([null, null, null, null, null, null, null]);
    expect([minuteWindows({ period: 'p', from: '25:00', to: '06:00' }), minuteWindows({ period: 'p', from: '06:00', to: 'noon' })]).toEqual([null, null]);
  });

  it('name the two that overlap, whatever their order, and the hours between two', () => {
    const [a, b] = [{ period: 'a', from: 0, to: 720 }, { period: 'b', from: 0, to: 600 }];
    const flaws = [{ kind: 'overlap', from: '00:00', to: '10:00', periods: ['b', 'a'] }, { kind: 'gap', from: '12:00', to: '24:00', periods: [] }];
    expect([dayFlaws([a, b]), dayFlaws([b, a])]).toEqual([flaws, flaws]);
    expect(dayFlaws([{ period: 'a', from: 0, to: 600 }, { period: 'b', from: 660, to: 1440 }])).toEqual([{ kind: 'gap', from: '10:00', to: '11:00', periods: [] }]);
    // two end together: the one that came first goes on until the next
    expect(dayFlaws([{ period: 'a', from: 0, to: 720 }, { period: 'b', from: 60, to: 720 }, { period: 'c', from: 600, to: 1440 }])).toEqual([
      { kind: 'overlap', from: '01:00', to: '12:00', periods: ['a', 'b'] },
      { kind: 'overlap', from: '10:00', to: '12:00', periods: ['a', 'c'] },
    ]);
  });

  it('cover the day exactly once or show where they do not', () => {
    expect(dayFlaws([{ period: 'a', from: 0, to: 720 }, { period: 'b', from: 720, to: 1440 }])).toEqual([]);
    expect(dayFlaws([])).toEqual([{ kind: 'gap', from: '00:00', to: '24:00', periods: [] }]);
    expect(dayFlaws([{ period: 'a', from: 0, to: 1440 }, { period: 'b', from: 60, to: 120 }])).toEqual([{ kind: 'overlap', from: '01:00', to: '02:00', periods: ['a', 'b'] }]);
  });
});
