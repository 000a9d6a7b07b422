import { IdField, TextField } from '../../../platform/http';

/** Form of a region code, for example an administrative division or a supply area. */
export const REGION_CODE = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/;

/** A place that is served. The address is stored encrypted. */
export class PremiseInput {
  @TextField({ description: 'Region, as the tariffs and runs name it.', example: 'CN-SH', maxLength: 32, pattern: REGION_CODE })
  regionCode!: string;

  @TextField({ description: 'Address as written.', example: '上海市徐汇区天平路188弄7号602室', maxLength: 300 })
  address!: string;
}

/** A premise as it is shown: the address masked. */
export class PremiseView {
  @IdField({ description: 'Identity of the premise.', example: '2048' })
  premiseId!: string;

  @TextField({ description: 'Region.', example: 'CN-SH', maxLength: 32 })
  regionCode!: string;

  @TextField({ description: 'Address, masked.', example: '上海市徐汇区天平路***', maxLength: 600 })
  address!: string;
}
