import { Injectable } from '@nestjs/common';
import { Sweep } from '../queue';
import { KeyStore } from './key-store';

/** Repetitions get their answer for so long; callers are told 24 hours. */
const KEPT_DAYS = 7;

/** Forgets old keys, so that the table does not grow for ever. */
@Injectable()
export class KeyCleaner {
  constructor(private readonly keys: KeyStore) {}

  @Sweep(3_600_000)
  async clean(): Promise<void> {
    await this.keys.forgetOlderThan(KEPT_DAYS);
  }
}
