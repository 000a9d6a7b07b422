import { Body, Controller, Get, Headers, Injectable, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Actor, CurrentActor, Permit, type Permission, type Role } from '../../src/platform/auth';
import { Database } from '../../src/platform/database';
import { AppError, defineErrors } from '../../src/platform/errors';
import * as http from '../../src/platform/http';
import { Idempotent } from '../../src/platform/idempotency';

/** A small made-up module that uses every part of the plumbing; kettles stand for whatever a module keeps. */
export const COLOURS = http.defineCodeList('kettle-colours', [
  { code: 'red', zh: '红', en: 'red' },
  { code: 'blue', zh: '蓝', en: 'blue' },
]);

defineErrors({ 'KETTLES.NOT_FOUND': { status: 404, title: { en: 'There is no such kettle', zh: '水壶不存在' } } });

export class PartDto {
  @http.TextField({ description: 'Name of the part.', example: 'lid', maxLength: 20 })
  name!: string;

  @http.DecimalField({ description: 'Mass in kg.', example: '0.25', decimals: 3, digits: 3, min: '0' })
  mass!: string;
}

export class KettleDto {
  @http.TextField({ description: 'Name.', example: 'Kettle', maxLength: 10 })
  name!: string;

  @http.DecimalField({ description: 'Volume in litres.', example: '1.70', decimals: 2, digits: 4, min: '0.01', max: '100' })
  volume!: string;

  @http.EnumField({ description: 'Colour.', example: 'red', values: COLOURS })
  colour!: http.CodeOf<typeof COLOURS>;

  @http.DateField({ description: 'Bought on.', example: '2026-02-28', optional: true })
  boughtOn?: string;

  @http.IntField({ description: 'Number of cups.', example: 4, min: 1, max: 12, nullable: true })
  cups!: number | null;

  @http.ListField(() => PartDto, { description: 'Parts.', maxItems: 3, optional: true })
  parts?: PartDto[];

  @http.ObjectField(() => PartDto, { description: 'Spare part.', optional: true, nullable: true })
  spare?: PartDto | null;
}

export class KettleView extends KettleDto {
  @http.IdField({ description: 'Id.', example: '12' })
  kettleId!: string;
}

export class KettleQuery extends http.PageQuery {
  @http.IntField({ description: 'Cups.', example: 2, optional: true })
  cups?: number;

  @http.FlagField({ description: 'Only whole ones.', example: true, optional: true })
  whole?: boolean;

  @http.TextListField({ description: 'Colours.', example: ['red'], maxItems: 2, maxLength: 8, values: COLOURS.codes, optional: true })
  colours?: string[];
}

export class EchoView {
  @http.JsonField({ description: 'What arrived.', example: {} })
  echo!: Record<string, unknown>;
}

/** Lets a test hold, break and count the work behind a route. */
@Injectable()
export class KettleWork {
  runs = 0;
  before: () => Promise<void> = () => Promise.resolve();
  after: () => Promise<void> = () => Promise.resolve();
}

const TAG = http.defineTag('kettles', { en: 'Kettles', zh: '水壶' });

@ApiTags(TAG)
@Controller('v1/kettles')
export class KettlesController {
  constructor(
    private readonly database: Database,
    private readonly work: KettleWork,
  ) {}

  @Post()
  @Permit('kettles.kettle.create')
  @Idempotent()
  @http.Operation({ summary: 'Buy a kettle', responseType: KettleView, errors: ['KETTLES.NOT_FOUND'] })
  async create(@Body() body: KettleDto, @CurrentActor() actor: Actor): Promise<KettleView> {
    await this.work.before();
    const kettleId = await this.database.transaction(async (tx) => {
      this.work.runs += 1;
      if (body.name === 'ghost') throw new AppError('KETTLES.NOT_FOUND');
      const rows = await tx.query<{ audit_event_id: string }[]>(
        `INSERT INTO audit_events (user_id, action, subject_type, subject_id) VALUES ($1, 'kettles.kettle.create', 'kettle', $2)
         RETURNING audit_event_id`,
        [actor.userId, body.name],
      );
      return rows[0]?.audit_event_id ?? '';
    });
    await this.work.after();
    return { ...body, kettleId };
  }

  @Post('orders')
  @Permit('kettles.kettle.create')
  @Idempotent({ oneTransaction: true })
  @http.Operation({ summary: 'Order a kettle', responseType: KettleView, errors: ['KETTLES.NOT_FOUND'] })
  async order(@Body() body: KettleDto, @CurrentActor() actor: Actor): Promise<KettleView> {
    await this.work.before();
    await this.database.transaction((tx) => tx.query('SELECT 1'));
    const ordered = await this.database.transaction(async (tx) => {
      this.work.runs += 1;
      if (body.name === 'ghost') throw new AppError('KETTLES.NOT_FOUND');
      await tx.query(`INSERT INTO audit_events (user_id, action, subject_type, subject_id) VALUES ($1, 'kettles.kettle.order', 'kettle', $2)`, [actor.userId, body.name]);
      return { ...body, kettleId: String(this.work.runs) };
    });
    await this.work.after();
    return body.name === 'changed' ? { ...ordered, name: 'other' } : ordered;
  }

  @Post('checks')
  @Permit('kettles.kettle.create')
  @http.Operation({ summary: 'Judge a kettle', status: 200, responseType: EchoView })
  check(@Body() body: KettleDto): EchoView {
    return { echo: { ...body } };
  }

  @Get()
  @Permit('kettles.kettle.read')
  @http.Operation({ summary: 'Kettles', responseType: EchoView })
  list(@Query() query: KettleQuery): EchoView {
    return { echo: { ...query } };
  }

  @Get(':kettleId')
  @Permit('kettles.kettle.read')
  @http.Operation({ summary: 'A kettle', responseType: EchoView, errors: ['KETTLES.NOT_FOUND'] })
  async read(@Param('kettleId', http.IdParam) kettleId: string): Promise<EchoView> {
    if (kettleId === '404') throw new AppError('KETTLES.NOT_FOUND');
    if (kettleId === '500') throw new Error('the secret ingredient');
    if (kettleId === '409') await this.database.query(`INSERT INTO users (name, roles) VALUES ('twice', '{clerk}'), ('twice', '{clerk}')`);
    if (kettleId === '503') {
      await this.database.transaction(async (tx) => {
        await tx.query('SET LOCAL statement_timeout = 20');
        await tx.query('SELECT pg_sleep(5)');
      });
    }
    return { echo: { kettleId } };
  }

  @Put(':kettleId')
  @Permit('kettles.kettle.create')
  @http.Versioned()
  @http.Operation({ summary: 'Change a kettle', responseType: EchoView })
  change(@Param('kettleId', http.IdParam) kettleId: string, @Headers('if-match') ifMatch: string | undefined, @Body() _body: KettleDto): EchoView {
    http.requireVersion(ifMatch, 17);
    return { echo: { kettleId } };
  }

  @Post('imports')
  @Permit('kettles.kettle.create')
  @http.Consumes('text/csv', 'name,volume\nKettle,1.70\n')
  @http.Operation({ summary: 'Import kettles', responseType: EchoView })
  async import(@Req() request: Request): Promise<EchoView> {
    let bytes = 0;
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    return { echo: { bytes } };
  }

  @Get('of/nobody')
  forgotten(): EchoView {
    return { echo: {} };
  }
}

const ALL = ['kettles.kettle.create', 'kettles.kettle.read'] as const;
export const KETTLE_ROLES: Readonly<Record<Role, readonly Permission[]>> = {
  operator: [...ALL, 'platform.metrics.read'],
  supervisor: [],
  clerk: ALL,
  cashier: [],
  auditor: ['kettles.kettle.read', 'platform.audit.read'],
  agent: [],
  customer: [],
};

export const KETTLE = { name: 'Kettle', volume: '1.70', colour: 'red', cups: 4 } as const;
