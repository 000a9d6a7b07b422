import { CoreError } from '../errors';
import { Decimal, ONE } from '../quantity';

/** A meter watched for some turns (pulses) under a load. */
export interface MeterTest {
  /** Turns or pulses per kWh. */
  readonly constant: Decimal;
  readonly turns: Decimal;
  /** Multiplier between meter and load; 1 where absent. */
  readonly multiplier?: Decimal;
}

const SECONDS_PER_HOUR = new Decimal(3600);

function energyTimesSeconds(test: MeterTest): Decimal {
  return test.turns.times(SECONDS_PER_HOUR).times(test.multiplier ?? ONE);
}

function assertPositive(value: Decimal): void {
  if (!value.greaterThan(0)) throw new CoreError('BACK_BILLING.METER_TEST_INVALID', '');
}

/** Time that the turns should take under a known load (瓦秒法), s = N × 3600 × K ÷ (C × P), P in kW. Not rounded. */
export function theoreticalSeconds(test: MeterTest, load: Decimal): Decimal {
  assertPositive(test.constant);
  assertPositive(load);
  return energyTimesSeconds(test).div(test.constant.times(load));
}

/** Power that the meter shows, kW = N × 3600 × K ÷ (C × t). Not rounded. */
export function measuredPower(test: MeterTest, seconds: Decimal): Decimal {
  assertPositive(test.constant);
  assertPositive(seconds);
  return energyTimesSeconds(test).div(test.constant.times(seconds));
}

/** Error of the meter, percent = (T − t) ÷ t × 100 from theoretical and measured seconds; positive = fast. Not rounded. */
export function errorFromSeconds(theoretical: Decimal, measured: Decimal): Decimal {
  assertPositive(measured);
  return theoretical.minus(measured).times(100).div(measured);
}

/** Error of the meter, percent = (shown − true) ÷ true × 100 from powers; positive = fast. Not rounded. */
export function errorFromPower(shown: Decimal, actual: Decimal): Decimal {
  assertPositive(actual);
  return shown.minus(actual).times(100).div(actual);
}
