import type { Bilingual, Language } from '../../../../platform/errors';

/** Fixed words of the page. */
const TEXTS = {
  title: { zh: '电费账单', en: 'Electricity bill' },
  billNo: { zh: '账单编号', en: 'Bill number' },
  inPlaceOf: { zh: '替代冲销账单', en: 'In place of cancelled bill' },
  replacedBy: { zh: '已由下列账单替代', en: 'Replaced by bill' },
  accountNo: { zh: '户号', en: 'Account number' },
  circuit: { zh: '供电电源', en: 'Supply circuit' },
  billingMonth: { zh: '电费年月', en: 'Billing month' },
  cycle: { zh: '计费周期（不含止日）', en: 'Cycle (end day not included)' },
  category: { zh: '用电类别', en: 'Category' },
  plan: { zh: '价格方案', en: 'Price plan' },
  amountDue: { zh: '应交电费', en: 'Amount due' },
  yuan: { zh: '元', en: 'CNY' },
  energy: { zh: '计费电量', en: 'Billed energy' },
  averagePrice: { zh: '平均电价', en: 'Average price' },
  perKwh: { zh: '元/千瓦时', en: 'CNY/kWh' },
  net: { zh: '不含税金额', en: 'Net of tax' },
  tax: { zh: '增值税', en: 'Value-added tax' },
  step1: { zh: '一、示数', en: '1. Readings' },
  step2: { zh: '二、电量计算', en: '2. From readings to billed energy' },
  step3: { zh: '三、电费明细', en: '3. Charges' },
  step4: { zh: '四、合计', en: '4. Totals' },
  step5: { zh: '五、电价版本', en: '5. Price versions applied' },
  findings: { zh: '提示', en: 'Remarks' },
  usagePoint: { zh: '计量点', en: 'Usage point' },
  meter: { zh: '电能表', en: 'Meter' },
  ratios: { zh: '互感器变比', en: 'PT / CT ratio' },
  register: { zh: '示数类型', en: 'Register' },
  readings: { zh: '抄表日期与示数', en: 'Dates and readings' },
  estimated: { zh: '估抄', en: 'estimated' },
  noMeter: { zh: '无表计量或给定电量', en: 'agreed or stated energy' },
  figure: { zh: '数值名称', en: 'Figure' },
  rule: { zh: '规则', en: 'Rule' },
  working: { zh: '计算依据', en: 'Made from' },
  value: { zh: '结果', en: 'Result' },
  no: { zh: '序号', en: 'No.' },
  item: { zh: '项目', en: 'Item' },
  period: { zh: '时段', en: 'Period' },
  quantity: { zh: '数量', en: 'Quantity' },
  price: { zh: '单价（元）', en: 'Price (CNY)' },
  exact: { zh: '舍入前', en: 'Before rounding' },
  amount: { zh: '金额（元）', en: 'Amount (CNY)' },
  from: { zh: '来源', en: 'From' },
  subtotal: { zh: '小计', en: 'Subtotal' },
  total: { zh: '合计', en: 'Total' },
  insideFunds: { zh: '电价内含代征（不另计）', en: 'Levies contained in the price (not added)' },
  priceBook: { zh: '价格表', en: 'Price book' },
  version: { zh: '版本', en: 'Version' },
  season: { zh: '季节', en: 'Season' },
  contentHash: { zh: '内容哈希', en: 'Content hash' },
  unreleased: { zh: '未发行：仅供内部核对', en: 'Not released: for internal checking only' },
  cancelled: { zh: '本账单已冲销', en: 'This bill has been cancelled' },
  trial: { zh: '试算：不构成应收', en: 'Trial calculation: nothing is owed' },
  recompute: {
    zh: '本账单由所存计算文档和上列电价版本唯一确定，可随时重算核对。',
    en: 'This bill follows from its stored calculation document and the price versions above alone; it can be computed again at any time.',
  },
  engine: { zh: '计算引擎版本', en: 'Calculation version' },
  documentHash: { zh: '计算文档哈希', en: 'Document hash' },
  resultHash: { zh: '结果哈希', en: 'Result hash' },
} as const satisfies Record<string, Bilingual>;

export type TextKey = keyof typeof TEXTS;

/** The fixed words in one language. */
export function textsIn(language: Language): (key: TextKey) => string {
  return (key) => TEXTS[key][language];
}

/** Names of registers. */
export const REGISTER_NAMES: Readonly<Record<string, Bilingual>> = {
  total: { zh: '有功（总）', en: 'Active, total' },
  sharp: { zh: '有功（尖）', en: 'Active, sharp' },
  peak: { zh: '有功（峰）', en: 'Active, peak' },
  flat: { zh: '有功（平）', en: 'Active, flat' },
  valley: { zh: '有功（谷）', en: 'Active, valley' },
  'deep-valley': { zh: '有功（深谷）', en: 'Active, deep valley' },
  'reactive-forward': { zh: '无功（正向）', en: 'Reactive, forward' },
  'reactive-reverse': { zh: '无功（反向）', en: 'Reactive, reverse' },
  'maximum-demand': { zh: '最大需量', en: 'Maximum demand' },
};
