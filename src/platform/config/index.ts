export { Config, ConfigError, CONFIG_NAMES, LOG_LEVELS, loadConfig, type LogLevel } from './config';
export { ConfigModule } from './config.module';
export { processEnvironment } from './environment';
