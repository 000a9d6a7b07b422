import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A dial of a meter; never changes. */
@Entity('meter_registers')
export class MeterRegister {
  @PrimaryColumn({ name: 'meter_id', type: 'bigint' })
  meterId!: string;

  @PrimaryColumn({ name: 'register', type: 'text' })
  register!: string;

  @Column({ name: 'dial_digits', type: 'smallint' })
  dialDigits!: number;

  @Column({ name: 'decimals', type: 'smallint' })
  decimals!: number;
}
