import { defineCodeList } from '../../platform/http';

export const TARIFF_STATES = defineCodeList('tariff-version-states', [
  { code: 'draft', en: 'Draft', zh: '草稿' },
  { code: 'published', en: 'Published', zh: '已发布' },
  { code: 'withdrawn', en: 'Withdrawn', zh: '已撤回' },
]);
