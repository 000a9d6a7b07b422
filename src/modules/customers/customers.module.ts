import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountImportsController } from './controllers/account-imports.controller';
import { AccountsController } from './controllers/accounts.controller';
import { CustomersController } from './controllers/customers.controller';
import { PremisesController } from './controllers/premises.controller';
import { SupplyController } from './controllers/supply.controller';
import './customers.errors';
import { AccountImportRefusal } from './entities/account-import-refusal.entity';
import { AccountImport } from './entities/account-import.entity';
import { AccountTermsVersion } from './entities/account-terms.entity';
import { Account } from './entities/account.entity';
import { Customer } from './entities/customer.entity';
import { Premise } from './entities/premise.entity';
import { SupplyCircuit } from './entities/supply-circuit.entity';
import { TransformerStateVersion } from './entities/transformer-state.entity';
import { Transformer } from './entities/transformer.entity';
import { AccountDirectory } from './port/account-directory';
import { AccountsForBilling } from './port/read-accounts-for-billing';
import { AccountImportsRepository } from './repositories/account-imports.repository';
import { AccountsRepository } from './repositories/accounts.repository';
import { BulkAccountsRepository } from './repositories/bulk-accounts.repository';
import { CustomersRepository } from './repositories/customers.repository';
import { PremisesRepository } from './repositories/premises.repository';
import { SupplyRepository } from './repositories/supply.repository';
import { TermsRepository } from './repositories/terms.repository';
import { AccountChanges } from './services/account-changes';
import { AddTransformer } from './services/add-transformer';
import { ChangeTerms } from './services/change-terms';
import { ChangeTransformerState } from './services/change-transformer-state';
import { CloseAccount } from './services/close-account';
import { CreateCustomer } from './services/create-customer';
import { CreatePremise } from './services/create-premise';
import { DiscloseCustomer } from './services/disclose-customer';
import { EndSupplyCircuit } from './services/end-supply-circuit';
import { ImportAccounts } from './services/import-accounts';
import { JudgeTerms } from './services/judge-terms';
import { OpenAccount } from './services/open-account';
import { ReadAccountImports } from './services/read-account-imports';
import { ReadAccounts } from './services/read-accounts';
import { ReadCustomers } from './services/read-customers';
import { ReadPremises } from './services/read-premises';
import { RecordSupplyCircuit } from './services/record-supply-circuit';
import { SealPersonalData } from './services/seal-personal-data';
import { UpdateCustomer } from './services/update-customer';
import { WriteAccountBatch } from './services/write-account-batch';

const ENTITIES = [
  Customer, Premise, Account, AccountTermsVersion, SupplyCircuit, Transformer, TransformerStateVersion, AccountImport, AccountImportRefusal,
];
const REPOSITORIES = [
  CustomersRepository, PremisesRepository, AccountsRepository, TermsRepository, SupplyRepository, AccountImportsRepository, BulkAccountsRepository,
];
const USE_CASES = [
  CreateCustomer, ReadCustomers, UpdateCustomer, DiscloseCustomer, CreatePremise, ReadPremises, OpenAccount, ReadAccounts, CloseAccount,
  ChangeTerms, AddTransformer, ChangeTransformerState, RecordSupplyCircuit, EndSupplyCircuit, ImportAccounts, ReadAccountImports,
];
const PORTS = [AccountsForBilling, AccountDirectory];

/** Who is served, where, and by which terms: customers, premises, accounts, circuits, transformers. */
@Module({
  imports: [TypeOrmModule.forFeature(ENTITIES)],
  controllers: [CustomersController, PremisesController, AccountImportsController, AccountsController, SupplyController],
  providers: [...REPOSITORIES, ...USE_CASES, ...PORTS, SealPersonalData, AccountChanges, WriteAccountBatch, JudgeTerms],
  exports: [...PORTS, ImportAccounts, ReadAccountImports],
})
export class CustomersModule {}
