import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCES_DRAWN = 256;
/** The key that encrypts now. Its number is the first byte of every value, so that keys can be changed one by one. */
const CURRENT_KEY = 1;

/** Personal data where it is stored: encrypted, and hashed under a key for exact look-ups. */
@Injectable()
export class PersonalData {
  private readonly keys: ReadonlyMap<number, Buffer>;
  private readonly hashKey: Buffer;
  private nonces: Buffer = Buffer.alloc(0);

  constructor(config: Config) {
    this.keys = new Map([[CURRENT_KEY, config.dataKey]]);
    this.hashKey = config.dataHashKey;
  }

  /** Key number (1 byte), nonce (12), ciphertext, tag (16). The same text gives another value each time. */
  encrypt(text: string): Buffer {
    const number = Buffer.from([CURRENT_KEY]);
    const nonce = this.freshNonce();
    const cipher = createCipheriv(ALGORITHM, this.key(CURRENT_KEY), nonce);
    cipher.setAAD(number);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([number, nonce, sealed, cipher.getAuthTag()]);
  }

  /** The text again. Throws where the value was changed, cut, or encrypted under an unknown key. */
  decrypt(value: Buffer): string {
    if (value.length < 1 + NONCE_BYTES + TAG_BYTES) throw new Error('the encrypted value is incomplete');
    const number = value.subarray(0, 1);
    const nonce = value.subarray(1, 1 + NONCE_BYTES);
    const decipher = createDecipheriv(ALGORITHM, this.key(value.readUInt8(0)), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(number);
    decipher.setAuthTag(value.subarray(value.length - TAG_BYTES));
    const sealed = value.subarray(1 + NONCE_BYTES, value.length - TAG_BYTES);
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
  }

  /**
   * 32 bytes (HMAC-SHA-256) by which an exact value is found: width, letter case and blanks do not matter
   * (`１１０１０１… x` is `110101…X`). Without the key the hash tells nothing, even of the few possible phone numbers.
   */
  lookupHash(text: string): Buffer {
    const plain = text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();
    return createHmac('sha256', this.hashKey).update(plain, 'utf8').digest();
  }

  /** Random bytes that were never used before; they are drawn many at a time, because each draw is a system call. */
  private freshNonce(): Buffer {
    if (this.nonces.length < NONCE_BYTES) this.nonces = randomBytes(NONCE_BYTES * NONCES_DRAWN);
    const nonce = this.nonces.subarray(0, NONCE_BYTES);
    this.nonces = this.nonces.subarray(NONCE_BYTES);
    return nonce;
  }

  private key(number: number): Buffer {
    const key = this.keys.get(number);
    if (!key) throw new Error(`personal data was encrypted under key ${String(number)}, which is not configured`);
    return key;
  }
}
