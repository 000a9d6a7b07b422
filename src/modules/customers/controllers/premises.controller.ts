import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { IdParam, Operation } from '../../../platform/http';
import { PremiseInput, PremiseView } from '../dto/premise.dto';
import { CreatePremise } from '../services/create-premise';
import { ReadPremises } from '../services/read-premises';
import { CUSTOMERS_TAG } from '../customers.tags';

@ApiTags(CUSTOMERS_TAG)
@Controller('v1/premises')
export class PremisesController {
  constructor(
    private readonly create: CreatePremise,
    private readonly read: ReadPremises,
  ) {}

  @Post()
  @Permit('customers.premise.create')
  @Operation({ summary: 'Record a premise', responseType: PremiseView })
  createPremise(@CurrentActor() actor: Actor, @Body() input: PremiseInput): Promise<PremiseView> {
    return this.create.execute(actor, input);
  }

  @Get(':premiseId')
  @Permit('customers.premise.read')
  @Operation({ summary: 'Read a premise, the address masked', errors: ['CUSTOMERS.PREMISE_NOT_FOUND'], responseType: PremiseView })
  getPremise(@Param('premiseId', IdParam) premiseId: string): Promise<PremiseView> {
    return this.read.one(premiseId);
  }
}
