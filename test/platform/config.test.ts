import { CONFIG_NAMES, ConfigError, loadConfig } from '../../src/platform/config';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const GOOD = {
  DATABASE_URL: 'postgres://app:secret@db/wattledger',
  DATA_KEY: 'ab'.repeat(32),
  DATA_HASH_KEY: 'cd'.repeat(32),
};

describe('the configuration', () => {
  it('is complete with a database and two keys, and cannot be changed', () => {
    const config = loadConfig(GOOD);
    expect(config).toMatchObject({ host: '127.0.0.1', port: 3000, logLevel: 'info', redisUrl: undefined, sandboxClock: false });
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
  });

  it('is refused with the names of everything that is wrong, and never with a value', () => {
    const wrong = { DATABASE_URL: 'mysql://hidden-host/x', DATA_KEY: 'hidden-key', PORT: '99999', LOG_LEVEL: 'loud', SANDBOX_CLOCK: 'maybe', REDIS_URL: 'hidden' };
    const refusal = (() => {
      try {
        loadConfig(wrong);
      } catch (error) {
        return error;
      }
      return undefined;
    })();
    expect(refusal).toBeInstanceOf(ConfigError);
    const { message, problems } = refusal as ConfigError;
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['DATABASE_URL', 'REDIS_URL', 'PORT', 'LOG_LEVEL', 'DATA_KEY', 'DATA_HASH_KEY', 'SANDBOX_CLOCK']);
    for (const value of Object.values(wrong)) expect(message).not.toContain(value);
  });

  it('is explained setting by setting in .env.example', () => {
    const example = readFileSync(join(__dirname, '../../.env.example'), 'utf8');
    const explained = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(explained.sort()).toEqual([...CONFIG_NAMES].sort());
  });
});
