const HIDDEN = '****';

/**
 * Province, city and district at the head of a Chinese address, up to the last unit that names an area, not a door.
 * Names of streets, villages and housing estates (小区) never count as a district.
 */
const AREA = new RegExp(
  '^(?:\\p{Script=Han}{2,8}?(?:省|自治区|特别行政区))?' +
    '(?:\\p{Script=Han}{2,10}?(?:市|自治州|地区|盟))?' +
    '(?:(?:(?![路街巷弄村镇乡号栋幢])\\p{Script=Han}){1,8}?(?:(?<![小园社校厂库片])区|县|市|旗))?',
  'u',
);

/** Masks of personal data for answers and screens. None of them tells how long the hidden part is. */
export const mask = {
  /** The first character: 张三丰 → `张**`. */
  name(text: string): string {
    const [first = ''] = text.trim();
    return `${first}**`;
  },

  /** The first three and last four digits: 13812345678 → `138****5678`; a number of fewer than 8 digits is hidden. */
  phone(text: string): string {
    const digits = text.replace(/\D/g, '');
    return digits.length < 8 ? HIDDEN : `${digits.slice(0, 3)}${HIDDEN}${digits.slice(-4)}`;
  },

  /** The first and last four characters: `1101****002X`; a number of fewer than 12 characters is hidden. */
  idNumber(text: string): string {
    const plain = text.replace(/\s/g, '');
    return plain.length < 12 ? HIDDEN : `${plain.slice(0, 4)}${HIDDEN}${plain.slice(-4)}`;
  },

  /** Province, city and district stay: `浙江省杭州市西湖区****`; an address without them is hidden. */
  address(text: string): string {
    const area = AREA.exec(text.trim())?.[0] ?? '';
    return `${area}${HIDDEN}`;
  },
} as const;
