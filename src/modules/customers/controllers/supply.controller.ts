import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { IdParam, Operation, TextParam } from '../../../platform/http';
import { SupplyCircuitChange, SupplyCircuitEnd, SupplyCircuitView } from '../dto/supply-circuit.dto';
import { TransformerInput, TransformerStateChange, TransformerView } from '../dto/transformer.dto';
import { AddTransformer } from '../services/add-transformer';
import { ChangeTransformerState } from '../services/change-transformer-state';
import { EndSupplyCircuit } from '../services/end-supply-circuit';
import { ReadAccounts } from '../services/read-accounts';
import { RecordSupplyCircuit } from '../services/record-supply-circuit';
import { ACCOUNTS_TAG } from '../customers.tags';

const CHANGE_ERRORS = ['CUSTOMERS.ACCOUNT_NOT_FOUND', 'CUSTOMERS.ACCOUNT_CLOSED'] as const;
const circuitNo = new TextParam({ maxLength: 32 });

@ApiTags(ACCOUNTS_TAG)
@Controller('v1/accounts/:accountId')
export class SupplyController {
  constructor(
    private readonly read: ReadAccounts,
    private readonly add: AddTransformer,
    private readonly changeState: ChangeTransformerState,
    private readonly record: RecordSupplyCircuit,
    private readonly end: EndSupplyCircuit,
  ) {}

  @Get('transformers')
  @Permit('customers.account.read')
  @Operation({ summary: 'List the transformers of an account with their states', errors: ['CUSTOMERS.ACCOUNT_NOT_FOUND'], responseType: [TransformerView] })
  listTransformers(@CurrentActor() actor: Actor, @Param('accountId', IdParam) accountId: string): Promise<TransformerView[]> {
    return this.read.transformers(actor, accountId);
  }

  @Post('transformers')
  @Permit('customers.transformer.change')
  @Operation({
    summary: 'Connect a transformer from a day on',
    errors: [...CHANGE_ERRORS, 'CUSTOMERS.TERMS_INVALID', 'CUSTOMERS.TRANSFORMER_NO_TAKEN'],
    responseType: TransformerView,
  })
  addTransformer(@CurrentActor() actor: Actor, @Param('accountId', IdParam) accountId: string, @Body() input: TransformerInput): Promise<TransformerView> {
    return this.add.execute(actor, accountId, input);
  }

  @Post('transformers/:transformerId/states')
  @Permit('customers.transformer.change')
  @Operation({
    summary: 'Run, suspend or remove a transformer from a day on',
    errors: [...CHANGE_ERRORS, 'CUSTOMERS.TRANSFORMER_NOT_FOUND', 'CUSTOMERS.NOTHING_CHANGES', 'CUSTOMERS.VALIDITY_OVERLAPS'],
    responseType: TransformerView,
  })
  changeTransformerState(
    @CurrentActor() actor: Actor,
    @Param('accountId', IdParam) accountId: string,
    @Param('transformerId', IdParam) transformerId: string,
    @Body() change: TransformerStateChange,
  ): Promise<TransformerView> {
    return this.changeState.execute(actor, accountId, transformerId, change);
  }

  @Get('supply-circuits')
  @Permit('customers.account.read')
  @Operation({ summary: 'List the supply circuits of an account', errors: ['CUSTOMERS.ACCOUNT_NOT_FOUND'], responseType: [SupplyCircuitView] })
  listCircuits(@CurrentActor() actor: Actor, @Param('accountId', IdParam) accountId: string): Promise<SupplyCircuitView[]> {
    return this.read.supplyCircuits(actor, accountId);
  }

  @Post('supply-circuits')
  @Permit('customers.supply-circuit.change')
  @Operation({
    summary: 'Record a supply circuit from a day on, or new figures for one in force',
    errors: [...CHANGE_ERRORS, 'CUSTOMERS.VALIDITY_OVERLAPS'],
    responseType: [SupplyCircuitView],
  })
  recordCircuit(@CurrentActor() actor: Actor, @Param('accountId', IdParam) accountId: string, @Body() change: SupplyCircuitChange): Promise<SupplyCircuitView[]> {
    return this.record.execute(actor, accountId, change);
  }

  @Post('supply-circuits/:supplyCircuitNo/end')
  @Permit('customers.supply-circuit.change')
  @Operation({
    summary: 'End a supply circuit on a day',
    errors: [...CHANGE_ERRORS, 'CUSTOMERS.SUPPLY_CIRCUIT_NOT_FOUND'],
    responseType: [SupplyCircuitView],
  })
  endCircuit(
    @CurrentActor() actor: Actor,
    @Param('accountId', IdParam) accountId: string,
    @Param('supplyCircuitNo', circuitNo) supplyCircuitNo: string,
    @Body() input: SupplyCircuitEnd,
  ): Promise<SupplyCircuitView[]> {
    return this.end.execute(actor, accountId, supplyCircuitNo, input);
  }
}
