import { TestEnvironment } from 'jest-environment-node';
import { startRedis, type TestRedis } from './redis';

/** The environment of the jest project "queue in redis": a Redis of its own for each test file, longer than all its hooks. */
export default class RedisEnvironment extends TestEnvironment {
  private redis: TestRedis | undefined;

  override async setup(): Promise<void> {
    await super.setup();
    this.redis = await startRedis();
    this.global['queueServer'] = this.redis.url;
  }

  override async teardown(): Promise<void> {
    await this.redis?.stop();
    await super.teardown();
  }
}
