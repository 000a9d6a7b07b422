export { Clock, type LocalDate } from './clock';
export { ClockModule } from './clock.module';
