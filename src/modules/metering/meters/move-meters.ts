import { Injectable } from '@nestjs/common';
import type { Register } from '../../../core/tariff/vocabulary';
import { Clock } from '../../../platform/clock';
import type { Tx } from '../../../platform/database';
import { AppError, fieldError, type FieldError } from '../../../platform/errors';
import type { RatioInput, RegisterReading } from '../dto/meter.dto';
import type { ReadingKind } from '../metering.codes';
import { refuse } from '../metering.errors';
import { dialProblem } from '../readings/reading.rules';
import type { NewReading } from '../readings/reading.types';
import { ReadingsRepository } from '../readings/readings.repository';
import { type Installation, InstallationsRepository } from './installations.repository';
import { MetersRepository } from './meters.repository';

interface Dial {
  readonly register: string;
  readonly dialDigits: number;
  readonly decimals: number;
}

/** What is wrong with the readings of all dials of a meter: one for each, none twice, each one possible on its dial. */
export function completeReadingsProblems(dials: readonly Dial[], readings: readonly RegisterReading[], field: string): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  readings.forEach(({ register, reading }, index) => {
    const at = `${field}.${index}`;
    const dial = dials.find((each) => each.register === register);
    const allowed = dials.map((each) => each.register).join(' | ');
    if (dial === undefined) errors.push(fieldError(`${at}.register`, 'UNKNOWN_REGISTER', { en: 'the meter has no such register', zh: '该表没有此示数类型' }, allowed));
    else if (seen.has(register)) errors.push(fieldError(`${at}.register`, 'REPEATED', { en: 'occurs twice', zh: '重复' }));
    else {
      const problem = dialProblem(reading, dial.dialDigits, dial.decimals);
      if (problem !== null) errors.push(fieldError(`${at}.reading`, problem.code, problem.message, problem.allowed));
    }
    seen.add(register);
  });
  const missing = dials.filter(({ register }) => !seen.has(register)).map(({ register }) => register);
  if (missing.length > 0) {
    errors.push(fieldError(field, 'INCOMPLETE', { en: `lacks ${missing.join(', ')}`, zh: `缺少 ${missing.join('、')}` }, missing.join(' | ')));
  }
  return errors;
}

/** Puts meters up and takes them down inside a use case's transaction, with a reading of every dial. */
@Injectable()
export class MoveMeters {
  constructor(
    private readonly meters: MetersRepository,
    private readonly installations: InstallationsRepository,
    private readonly readings: ReadingsRepository,
    private readonly clock: Clock,
  ) {}

  /** Installs a meter; answers the installation's id. `field` names the place of its fields in the request. */
  async putUp(
    tx: Tx,
    place: { assetNo: string; usagePointId: string; installedOn: string; pt?: RatioInput; ct?: RatioInput; initialReadings: readonly RegisterReading[] },
    userId: string,
    field = '',
  ): Promise<string> {
    this.requirePast(place.installedOn, 'installedOn');
    const meter = await this.meters.find(tx, { assetNo: place.assetNo });
    if (meter === undefined) {
      throw refuse('METERING.METER_UNKNOWN', `${field}assetNo`, 'UNKNOWN', { en: 'is not a known meter', zh: '电能表未登记' });
    }
    this.requireComplete(meter.registers, place.initialReadings, `${field}initialReadings`);
    const installationId = await this.installations.insert(tx, { ...place, meterId: meter.meterId }, userId);
    await this.readings.insert(tx, readingsOf(installationId, place.initialReadings, place.installedOn, 'initial'), userId);
    return installationId;
  }

  /** Takes a meter down with its final readings; nothing may have been read after that day. */
  async takeDown(tx: Tx, standing: Installation, removedOn: string, finals: readonly RegisterReading[], userId: string, field: string): Promise<void> {
    if (standing.removedOn !== null) throw new AppError('METERING.ALREADY_REMOVED');
    this.requirePast(removedOn, field);
    const last = await this.installations.lastReadingOn(tx, standing.installationId);
    const earliest = last !== null && last > standing.installedOn ? last : standing.installedOn;
    if (removedOn <= earliest) {
      const message = { en: `must be after ${earliest}, the last day on record`, zh: `须晚于已有记录的 ${earliest}` };
      throw refuse('METERING.INSTALLATION_DATES_INVALID', field, 'OUT_OF_RANGE', message, `> ${earliest}`);
    }
    this.requireComplete(standing.registers, finals, 'finalReadings');
    await this.installations.supersede(tx, standing.installationId, { removedOn }, userId);
    await this.readings.insert(tx, readingsOf(standing.installationId, finals, removedOn, 'final'), userId);
  }

  private requirePast(day: string, field: string): void {
    const today = this.clock.today();
    if (day <= today) return;
    throw refuse('METERING.INSTALLATION_DATES_INVALID', field, 'IN_THE_FUTURE', { en: 'is in the future', zh: '不能晚于今天' }, `… ${today}`);
  }

  private requireComplete(dials: readonly Dial[], readings: readonly RegisterReading[], field: string): void {
    const errors = completeReadingsProblems(dials, readings, field);
    if (errors.length > 0) throw new AppError('METERING.READINGS_INCOMPLETE', { errors });
  }
}

function readingsOf(installationId: string, readings: readonly RegisterReading[], readOn: string, kind: ReadingKind): NewReading[] {
  return readings.map(({ register, reading }) => ({ installationId, register: register as Register, readOn, reading, kind, source: 'manual' }));
}
