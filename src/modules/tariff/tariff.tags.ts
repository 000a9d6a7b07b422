import { defineTag } from '../../platform/http';

/** Group of this module in the contract. */
export const TARIFF_TAG = defineTag('tariff', { en: 'Price books and tariff versions', zh: '电价表与电价版本' });
