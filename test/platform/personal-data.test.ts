import { loadConfig } from '../../src/platform/config';
import { mask, PersonalData } from '../../src/platform/crypto';

const config = (dataKey: string, hashKey = '22') =>
  loadConfig({ DATABASE_URL: 'postgres://app@localhost/x', DATA_KEY: dataKey.repeat(32), DATA_HASH_KEY: hashKey.repeat(32) });

describe('personal data where it is stored', () => {
  const data = new PersonalData(config('11'));

  test('is read again as it was written, in any script and length', () => {
    for (const text of ['', '张三', '110101199003072316', '文'.repeat(5_000)]) expect(data.decrypt(data.encrypt(text))).toBe(text);
  });

  test('looks different each time, begins with the number of its key and does not contain the text', () => {
    const [one, two] = [data.encrypt('13812345678'), data.encrypt('13812345678')];
    expect(one.equals(two)).toBe(false);
    expect(one.readUInt8(0)).toBe(1);
    expect(one.includes('1381')).toBe(false);
  });

  test('is refused when a single byte was changed, when it was cut, and under another key', () => {
    const sealed = data.encrypt('13812345678');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(() => data.decrypt(changed)).toThrow();
    }
    expect(() => data.decrypt(sealed.subarray(0, 20))).toThrow('incomplete');
    expect(() => new PersonalData(config('33')).decrypt(sealed)).toThrow();
  });

  test('is found by its hash whatever its width, letter case and blanks, and only under the same key', () => {
    const hash = data.lookupHash('11010119900307231X');
    expect(data.lookupHash(' 110101 19900307 231x ').equals(hash)).toBe(true);
    expect(data.lookupHash('１１０１０１１９９００３０７２３１Ｘ').equals(hash)).toBe(true);
    expect(data.lookupHash('110101199003072311').equals(hash)).toBe(false);
    expect(new PersonalData(config('11', '44')).lookupHash('11010119900307231X').equals(hash)).toBe(false);
  });
});

describe('personal data where it is shown', () => {
  test.each([
    ['name', '张三丰', '张**'],
    ['name', '欧阳娜娜', '欧**'],
    ['name', '𠮷田', '𠮷**'],
    ['phone', '13812345678', '138****5678'],
    ['phone', '0571-88001234', '057****1234'],
    ['phone', '95598', '****'],
    ['idNumber', '11010119900307231X', '1101****231X'],
    ['idNumber', '12345', '****'],
    ['address', '浙江省杭州市西湖区文三路100号3幢201室', '浙江省杭州市西湖区****'],
    ['address', '上海市浦东新区世纪大道1号', '上海市浦东新区****'],
    ['address', '浙江省义乌市稠州北路88号', '浙江省义乌市****'],
    ['address', '内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海镇', '内蒙古自治区呼伦贝尔市鄂温克族自治旗****'],
    ['address', '西湖区文三路翠苑小区3幢', '西湖区****'],
    ['address', '文三路翠苑小区3幢', '****'],
    ['address', '', '****'],
  ] as const)('%s: %s is shown as %s', (kind, text, shown) => {
    expect(mask[kind](text)).toBe(shown);
  });
});
