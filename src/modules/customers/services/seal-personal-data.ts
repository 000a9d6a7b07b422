import { Injectable } from '@nestjs/common';
import { mask, PersonalData } from '../../../platform/crypto';
import type { CustomerInput, CustomerView, DisclosureView } from '../dto/customer.dto';
import type { IdentityInput } from '../dto/identity.dto';
import type { PremiseInput } from '../dto/premise.dto';
import type { CustomerRow, SealedCustomer } from '../repositories/customers.repository';
import type { SealedPremise } from '../repositories/premises.repository';

/** Personal data on its way into the records and out of them: sealed, masked, or in full. */
@Injectable()
export class SealPersonalData {
  constructor(private readonly personalData: PersonalData) {}

  customer(input: Pick<CustomerInput, 'kind' | 'name' | 'identity' | 'phone'>): SealedCustomer {
    const identity = input.identity ?? null;
    const phone = input.phone ?? null;
    return {
      kind: input.kind,
      nameEnc: this.personalData.encrypt(input.name),
      nameHash: this.hash(input.name),
      nameMasked: mask.name(input.name),
      identityKind: identity?.kind ?? null,
      identityEnc: identity && this.personalData.encrypt(identity.number),
      identityHash: identity && this.hash(identity.number),
      identityMasked: identity && mask.idNumber(identity.number),
      phoneEnc: phone === null ? null : this.personalData.encrypt(phone),
      phoneHash: phone === null ? null : this.hash(phone),
      phoneMasked: phone === null ? null : mask.phone(phone),
    };
  }

  premise(input: PremiseInput): SealedPremise {
    return {
      regionCode: input.regionCode,
      addressEnc: this.personalData.encrypt(input.address),
      addressMasked: mask.address(input.address),
    };
  }

  /** The key under which an exact value is found. */
  hash(text: string): Buffer {
    return this.personalData.lookupHash(text);
  }

  /** A customer's personal data in full: for disclosures and for changes of a part. */
  open(row: CustomerRow): DisclosureView {
    const identity: IdentityInput | null =
      row.identity_kind !== null && row.identity_enc !== null
        ? { kind: row.identity_kind as IdentityInput['kind'], number: this.personalData.decrypt(row.identity_enc) }
        : null;
    return {
      customerId: row.customer_id,
      name: this.personalData.decrypt(row.name_enc),
      identity,
      phone: row.phone_enc === null ? null : this.personalData.decrypt(row.phone_enc),
    };
  }
}

/** A customer with its personal data masked. */
export function customerView(row: CustomerRow): CustomerView {
  return {
    customerId: row.customer_id,
    kind: row.kind,
    name: row.name_masked,
    identity: row.identity_kind === null ? null : { kind: row.identity_kind, number: row.identity_masked ?? '' },
    phone: row.phone_masked,
    version: row.version,
    createdAt: row.created_at.toISOString(),
  };
}
