import { defineTag } from '../http/tags';

export const HEALTH_TAG = defineTag('health', { en: 'State and figures of the processes', zh: '运行状态与指标' });
