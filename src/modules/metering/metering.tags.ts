import { defineTag } from '../../platform/http';

/** Group of this module in the contract. */
export const METERING_TAG = defineTag('metering', { en: 'Usage points, meters, routes, readings and their findings', zh: '计量点、电能表、抄表段、抄表示数与异常' });
