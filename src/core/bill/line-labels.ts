import type { Label, PricePeriod } from '../tariff';
import { labelsByPeriod } from '../tariff';
import type { LineGroup } from './bill';

/** Names of the groups of lines. */
export const GROUP_LABELS: Readonly<Record<LineGroup, Label>> = {
  'energy-charge': { zh: '电度电费', en: 'Energy charge' },
  'add-on-charge': { zh: '加价电费', en: 'Add-on charge' },
  'capacity-charge': { zh: '基本电费(容量)', en: 'Capacity charge' },
  'demand-charge': { zh: '基本电费(需量)', en: 'Demand charge' },
  'shared-amount': { zh: '分摊费用', en: 'Shared amounts' },
  'power-factor-adjustment': { zh: '力调电费', en: 'Power factor adjustment' },
  surcharge: { zh: '代征电费', en: 'Surcharges' },
  fund: { zh: '政府性基金及附加', en: 'Government funds' },
  'block-charge': { zh: '阶梯加价电费', en: 'Block increments' },
};

const CHINESE_NUMBERS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

function blockTitle(block: number): Label {
  return { zh: `第${CHINESE_NUMBERS[block] ?? String(block + 1)}档`, en: `Block ${block + 1}` };
}

const BLOCKS = CHINESE_NUMBERS.map((_, block) => labelsByPeriod({ zh: `${blockTitle(block).zh}电费`, en: `${blockTitle(block).en} energy` }));
const INCREMENTS = CHINESE_NUMBERS.map((_, block) => ({ zh: `${blockTitle(block).zh}加价`, en: `${blockTitle(block).en} increment` }));

/** Line of a block's energy at its own price; `block` counts from 0. */
export function blockLabel(block: number, period: PricePeriod): Label {
  return BLOCKS[block]?.[period] ?? blockTitle(block);
}

/** Line of a block's increment; `block` counts from 0. */
export function incrementLabel(block: number): Label {
  return INCREMENTS[block] ?? blockTitle(block);
}

export const FREE_ALLOWANCE_LABEL: Label = { zh: '低保户免费电量', en: 'Free allowance of a low-income household' };
export const EXCESS_DEMAND_LABEL: Label = { zh: '超合同需量电费', en: 'Demand above the contract' };
