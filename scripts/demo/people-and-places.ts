import { SeededRandom } from './random';

const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余'];
const GIVEN = [...'伟芳娜敏静丽强磊洋艳勇军杰娟涛明超秀霞平刚桂英华玉兰红建国文志宇晨欣怡子涵浩然思雨佳琪俊梓萱'];
const TRADES = ['五金加工', '纺织印染', '精密机械', '食品冷链', '塑料制品', '汽车零部件', '包装印刷', '电子元件', '木业家具', '铝合金铸造'];
const SHOP_TRADES = ['便利店', '面馆', '药房', '理发店', '水果店', '文具店', '茶叶店', '洗衣店', '早餐店', '家电维修部'];
const BRANDS = ['恒丰', '永昌', '瑞达', '鸿运', '金穗', '东升', '宏图', '汇通', '祥和', '华茂', '新源', '广利'];

interface Region {
  readonly regionCode: string;
  readonly city: string;
  readonly districts: readonly string[];
  readonly streets: readonly string[];
}

/** The regions that the demonstration company serves, by the name of the price book published for each. */
export const REGIONS = {
  shanghai: {
    regionCode: '310000',
    city: '上海市',
    districts: ['黄浦区', '徐汇区', '静安区', '普陀区', '杨浦区'],
    streets: ['新华路', '武宁路', '长阳路', '肇嘉浜路', '天目西路'],
  },
  jiangsu: {
    regionCode: '320000',
    city: '江苏省南京市',
    districts: ['玄武区', '鼓楼区', '建邺区', '栖霞区'],
    streets: ['中山北路', '龙蟠路', '草场门大街', '江东中路'],
  },
  zhejiang: {
    regionCode: '330000',
    city: '浙江省杭州市',
    districts: ['上城区', '拱墅区', '西湖区', '滨江区'],
    streets: ['文三路', '莫干山路', '庆春路', '江南大道'],
  },
  hubei: {
    regionCode: '420000',
    city: '湖北省武汉市',
    districts: ['江岸区', '江汉区', '硚口区', '东西湖区'],
    streets: ['解放大道', '建设大道', '金山大道', '张公堤路'],
  },
} as const satisfies Record<string, Region>;

export type RegionName = keyof typeof REGIONS;

/** A person's name of two or three characters. */
export function personName(random: SeededRandom): string {
  const given = random.chance(70) ? random.pick(GIVEN) + random.pick(GIVEN) : random.pick(GIVEN);
  return random.pick(SURNAMES) + given;
}

/** The registered name of a factory in a region. */
export function factoryName(random: SeededRandom, region: RegionName): string {
  return `${REGIONS[region].city.slice(-3, -1)}${random.pick(BRANDS)}${random.pick(TRADES)}有限公司`;
}

/** The sign over a shop's door. */
export function shopName(random: SeededRandom): string {
  return `${random.pick(BRANDS)}${random.pick(SHOP_TRADES)}`;
}

/** An address down to the room. */
export function address(random: SeededRandom, region: RegionName): string {
  const { city, districts, streets } = REGIONS[region];
  const place = `${city}${random.pick(districts)}${random.pick(streets)}${random.whole(1, 999)}号`;
  return random.chance(80) ? `${place}${random.whole(1, 30)}幢${random.whole(1, 18)}0${random.whole(1, 4)}室` : place;
}

/** A mobile number in its ordinary form, made up. */
export function phone(random: SeededRandom): string {
  return `1${random.pick(['38', '39', '58', '86'])}${String(random.whole(0, 99999999)).padStart(8, '0')}`;
}

/** An 18-character identity number with a right check character (GB 11643). */
export function identityNumber(random: SeededRandom, region: RegionName): string {
  const born = `${random.whole(1950, 2004)}${String(random.whole(1, 12)).padStart(2, '0')}${String(random.whole(1, 28)).padStart(2, '0')}`;
  const body = `${REGIONS[region].regionCode}${born}${String(random.whole(1, 999)).padStart(3, '0')}`;
  const weighted = [...body].reduce((total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11), 0);
  return body + '10X98765432'.charAt(weighted % 11);
}

/** An 18-character credit code of an organisation, in the form of GB 32100 (check character included). */
export function creditCode(random: SeededRandom, region: RegionName): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const body = `91${REGIONS[region].regionCode}MA${Array.from({ length: 7 }, () => random.pick([...alphabet])).join('')}`;
  const weighted = [...body].reduce((total, mark, index) => total + alphabet.indexOf(mark) * (3 ** index % 31), 0);
  return body + alphabet.charAt((31 - (weighted % 31)) % 31);
}
