export { OnOutbox, Outbox, type OutboxEvent, type OutboxSubscriber } from './outbox';
export { OutboxDispatcher } from './outbox-dispatcher';
export { OutboxModule } from './outbox.module';
