import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { FindingsRepository, type NewFinding } from '../findings/findings.repository';
import { judgeReading } from './judge-reading';
import type { Doubt, NewReading, OfferedReading, ReadingPlace, Refusal } from './reading.types';
import { duplicateProblem, placeProblem, sameReading } from './reading.rules';
import { ReadingsRepository } from './readings.repository';

export interface RecordedBatch {
  /** Ids of the readings that were written, by line. */
  readonly accepted: ReadonlyMap<number, string>;
  /** Ids of the readings that said the same already, by line. */
  readonly unchanged: ReadonlyMap<number, string>;
  readonly refused: readonly Refusal[];
  /** Accepted lines with an open finding. */
  readonly suspicious: ReadonlySet<number>;
}

interface Kept {
  readonly line: number;
  readonly reading: NewReading;
  readonly doubts: readonly Doubt[];
}

/** Sorts the lines of one batch into kept, unchanged and refused ones; later lines see the earlier ones of the batch. */
class Sorting {
  readonly kept: Kept[] = [];
  readonly unchanged = new Map<number, string | number>();
  readonly refused: Refusal[] = [];
  private readonly inBatch = new Map<string, Kept[]>();

  constructor(
    private readonly places: ReadonlyMap<number, ReadingPlace>,
    private readonly today: string,
  ) {}

  add(offered: OfferedReading): void {
    const { line } = offered;
    const place = this.places.get(line);
    if (place === undefined) throw new Error(`line ${line} was not looked up`);
    const problem = placeProblem(offered, place, this.today);
    if (problem !== null || place.installationId === null || place.dialDigits === null) {
      if (problem !== null) this.refused.push({ line, ...problem });
      return;
    }
    if (place.sameDay !== null) {
      const { readingId, reading, estimated } = place.sameDay;
      if (estimated && offered.source !== 'estimated') { this.keep(offered, place, place.installationId, place.dialDigits, readingId); return; }
      if (sameReading(reading, offered.reading)) this.unchanged.set(line, readingId);
      else this.refused.push({ line, ...duplicateProblem(reading, offered.reading) });
      return;
    }
    this.keep(offered, place, place.installationId, place.dialDigits);
  }

  private keep(offered: OfferedReading, place: ReadingPlace, installationId: string, dialDigits: number, replaces?: string): void {
    const { line, register, readOn, reading, source } = offered;
    const key = `${installationId} ${register}`;
    const siblings = this.inBatch.get(key) ?? [];
    const same = siblings.find((each) => each.reading.readOn === readOn);
    if (same !== undefined) {
      if (sameReading(same.reading.reading, reading)) this.unchanged.set(line, same.line);
      else this.refused.push({ line, ...duplicateProblem(same.reading.reading, reading) });
      return;
    }
    const doubts = judgeReading({
      register, readOn, reading, dialDigits, hasTotal: place.registers.includes('total'), place: withSiblings(place, readOn, siblings),
    }); // prettier-ignore
    const kind = readOn === place.removedOn ? 'final' : readOn === place.installedOn ? 'initial' : 'periodic';
    const kept = { line, reading: { installationId, register, readOn, reading, kind, source, ...(replaces === undefined ? {} : { replaces }) }, doubts } as const;
    this.kept.push(kept);
    this.inBatch.set(key, [...siblings, kept]);
  }
}

/** The neighbours on record together with those of the same batch, nearest first. */
function withSiblings(place: ReadingPlace, readOn: string, siblings: readonly Kept[]): ReadingPlace {
  if (siblings.length === 0) return place;
  const batch = siblings.map(({ reading }) => ({ on: reading.readOn, reading: reading.reading }));
  const before = [...place.before, ...batch.filter(({ on }) => on < readOn)].sort((a, b) => (a.on < b.on ? 1 : -1));
  const after = [...(place.after === null ? [] : [place.after]), ...batch.filter(({ on }) => on > readOn)].sort((a, b) => (a.on < b.on ? -1 : 1));
  return { ...place, before: before.slice(0, 6), after: after[0] ?? null };
}

/**
 * Takes readings in: possible ones are written (a doubtful one with an open finding), the same value again changes
 * nothing, an impossible one is refused with its reason. A real reading takes the place of an estimate of its day. One look-up and one COPY for the whole batch.
 */
@Injectable()
export class RecordReadings {
  constructor(
    private readonly readings: ReadingsRepository,
    private readonly findings: FindingsRepository,
  ) {}

  async record(tx: Tx, offered: readonly OfferedReading[], by: { userId: string; today: string; importId?: string }): Promise<RecordedBatch> {
    const sorting = new Sorting(await this.readings.places(tx, offered), by.today);
    for (const each of offered) sorting.add(each);
    const ids = await this.readings.insert(tx, sorting.kept.map(({ reading }) => reading), by.userId, by.importId ?? null);
    const accepted = new Map(sorting.kept.map(({ line }, index) => [line, ids[index] ?? '']));
    const doubtful = sorting.kept.filter(({ doubts }) => doubts.length > 0);
    await this.findings.insert(tx, doubtful.flatMap((kept) => findingsOf(kept, accepted.get(kept.line) ?? '')));
    await this.findings.closeOf(tx, sorting.kept.flatMap(({ reading }) => reading.replaces ?? []), 'a real reading took its place', by.userId);
    if (sorting.kept.length > 0) await this.findings.closeMissing(tx, sorting.kept.map(({ reading }) => reading), by.userId);
    const unchanged = [...sorting.unchanged].map(([line, of]) => [line, typeof of === 'number' ? (accepted.get(of) ?? '') : of] as const);
    return { accepted, unchanged: new Map(unchanged), refused: sorting.refused, suspicious: new Set(doubtful.map(({ line }) => line)) };
  }
}

function findingsOf({ reading, doubts }: Kept, readingId: string): NewFinding[] {
  const { installationId, register, readOn } = reading;
  return doubts.map((doubt) => ({ ...doubt, installationId, register, readingId, concernsOn: readOn }));
}
