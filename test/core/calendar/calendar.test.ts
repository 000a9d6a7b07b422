import { addDays, addMonths, cutPeriod, dateOfDayNumber, dayFlaws, dayNumber, daysIn, daysInMonth, intersect, isLocalDate, minutesOf, minuteWindows, monthPeriod, monthStartsInside } from '../../../src/core/calendar';

describe('days of the calendar', () => {
  it('counts days through leap years, centuries and year ends', () => {
    expect([dayNumber('1970-01-01'), dayNumber('2000-03-01'), dayNumber('2026-06-01')]).toEqual([0, 11017, 20605]);
    expect([addDays('2024-02-28', 1), addDays('2100-02-28', 1), addDays('2026-12-31', 1), addDays('2026-01-01', -1)]).toEqual(['2024-02-29', '2100-03-01', '2027-01-01', '2025-12-31']);
    for (let day = -200_000; day < 200_000; day += 977) expect(dayNumber(dateOfDayNumber(day))).toBe(day);
  });

  it('knows the days that there are', () => {
    expect(['2024-02-29', '2025-02-29', '2026-04-31', '2026-13-01', '2026-6-1', ''].map(isLocalDate)).toEqual([true, false, false, false, false, false]);
  });

  it('knows months', () => {
    expect([daysInMonth('2024-02'), daysInMonth('2026-02'), addMonths('2026-11', 3), addMonths('2026-01', -1)]).toEqual([29, 28, '2027-02', '2025-12']);
    expect(monthPeriod('2026-12')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
    expect(monthStartsInside({ from: '2026-05-16', to: '2026-07-02' })).toEqual(['2026-06-01', '2026-07-01']);
    expect(monthStartsInside(monthPeriod('2026-05'))).toEqual([]);
  });
});

describe('half-open periods', () => {
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

  it('cover the day exactly once or show where they do not', () => {
    expect(dayFlaws([{ period: 'a', from: 0, to: 720 }, { period: 'b', from: 720, to: 1440 }])).toEqual([]);
    expect(dayFlaws([])).toEqual([{ kind: 'gap', from: '00:00', to: '24:00', periods: [] }]);
    expect(dayFlaws([{ period: 'a', from: 0, to: 1440 }, { period: 'b', from: 60, to: 120 }])).toEqual([{ kind: 'overlap', from: '01:00', to: '02:00', periods: ['a', 'b'] }]);
  });
});
