import { Global, Module } from '@nestjs/common';
import { Outbox } from './outbox';
import { OutboxDispatcher } from './outbox-dispatcher';

/** Events between modules, kept in the database until every subscriber has them. */
@Global()
@Module({ providers: [Outbox, OutboxDispatcher], exports: [Outbox, OutboxDispatcher] })
export class OutboxModule {}
