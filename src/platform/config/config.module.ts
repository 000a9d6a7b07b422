import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Config } from './config';

/** Gives the frozen configuration to every provider that asks for it. */
@Global()
@Module({})
export class ConfigModule {
  static register(config: Config): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: Config, useValue: config }], exports: [Config] };
  }
}
