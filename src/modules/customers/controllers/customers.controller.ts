import { Body, Controller, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { etagOf, IdParam, Operation, pageOf, Versioned, type Page } from '../../../platform/http';
import { CustomerChange, CustomerInput, CustomerQuery, CustomerView, DisclosureInput, DisclosureView } from '../dto/customer.dto';
import { CreateCustomer } from '../services/create-customer';
import { DiscloseCustomer } from '../services/disclose-customer';
import { ReadCustomers } from '../services/read-customers';
import { UpdateCustomer } from '../services/update-customer';
import { CUSTOMERS_TAG } from '../customers.tags';

function tagged(response: Response, view: CustomerView): CustomerView {
  response.setHeader('ETag', etagOf(view.version));
  return view;
}

@ApiTags(CUSTOMERS_TAG)
@Controller('v1/customers')
export class CustomersController {
  constructor(
    private readonly create: CreateCustomer,
    private readonly read: ReadCustomers,
    private readonly update: UpdateCustomer,
    private readonly disclose: DiscloseCustomer,
  ) {}

  @Post()
  @Permit('customers.customer.create')
  @Operation({ summary: 'Record a customer', errors: ['CUSTOMERS.IDENTITY_TAKEN'], responseType: CustomerView })
  async createCustomer(@CurrentActor() actor: Actor, @Body() input: CustomerInput, @Res({ passthrough: true }) response: Response): Promise<CustomerView> {
    return tagged(response, await this.create.execute(actor, input));
  }

  @Get()
  @Permit('customers.customer.read')
  @Operation({
    summary: 'List customers, personal data masked',
    description: 'Names, telephone and document numbers are found by their exact value.',
    responseType: pageOf(CustomerView),
  })
  listCustomers(@CurrentActor() actor: Actor, @Query() query: CustomerQuery): Promise<Page<CustomerView>> {
    return this.read.list(actor, query);
  }

  @Get(':customerId')
  @Permit('customers.customer.read')
  @Operation({ summary: 'Read a customer, personal data masked', errors: ['CUSTOMERS.CUSTOMER_NOT_FOUND'], responseType: CustomerView })
  async getCustomer(@CurrentActor() actor: Actor, @Param('customerId', IdParam) customerId: string, @Res({ passthrough: true }) response: Response): Promise<CustomerView> {
    return tagged(response, await this.read.one(actor, customerId));
  }

  @Patch(':customerId')
  @Permit('customers.customer.update')
  @Versioned()
  @Operation({
    summary: "Change a customer's personal data",
    errors: ['CUSTOMERS.CUSTOMER_NOT_FOUND', 'CUSTOMERS.IDENTITY_TAKEN'],
    responseType: CustomerView,
  })
  async updateCustomer(
    @CurrentActor() actor: Actor,
    @Param('customerId', IdParam) customerId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() change: CustomerChange,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomerView> {
    return tagged(response, await this.update.execute(actor, customerId, ifMatch, change));
  }

  @Post(':customerId/disclosures')
  @Permit('customers.customer.disclose')
  @Operation({
    summary: 'See personal data in full',
    description: 'Who looked, when and why is recorded.',
    errors: ['CUSTOMERS.CUSTOMER_NOT_FOUND'],
    responseType: DisclosureView,
  })
  discloseCustomer(@CurrentActor() actor: Actor, @Param('customerId', IdParam) customerId: string, @Body() input: DisclosureInput): Promise<DisclosureView> {
    return this.disclose.execute(actor, customerId, input);
  }
}
