import { AppError, defineConstraintErrors, defineErrors, fieldError, type Bilingual, type ErrorCode } from '../../platform/errors';

/** Refusals of the metering module. */
export const METERING_ERRORS = defineErrors({
  'METERING.ACCOUNT_NOT_FOUND': { status: 422, title: { en: 'There is no such account', zh: '用电户不存在' } },
  'METERING.USAGE_POINT_NOT_FOUND': { status: 404, title: { en: 'There is no such usage point', zh: '计量点不存在' } },
  'METERING.USAGE_POINT_NO_TAKEN': { status: 409, title: { en: 'The usage point number is in use', zh: '计量点编号已存在' } },
  'METERING.USAGE_POINT_INVALID': {
    status: 422,
    title: { en: 'The fields of the usage point contradict each other', zh: '计量点参数自相矛盾' },
    detail: { en: 'See errors for each field and what is allowed.', zh: '各字段的问题及允许的取值见 errors。' },
  },
  'METERING.VALIDITY_OVERLAPS': { status: 409, title: { en: 'Another version covers some of these days', zh: '有效期与已有版本重叠' } },
  'METERING.PARENT_NOT_FOUND': { status: 422, title: { en: 'A main meter point is not known', zh: '父计量点不存在' } },
  'METERING.PARENT_CYCLE': {
    status: 422,
    title: { en: 'A usage point would be above itself', zh: '套表关系形成循环' },
    detail: { en: 'Points already below this one cannot become its parents.', zh: '下级计量点不能作为上级。' },
  },
  'METERING.PARENT_TOO_MANY': { status: 422, title: { en: 'A usage point has at most two parents', zh: '父计量点最多两个' } },
  'METERING.TREE_TOO_DEEP': { status: 422, title: { en: 'A tree of usage points has at most four levels', zh: '套表层级最多四级' } },
  'METERING.PARENT_REPEATED': { status: 422, title: { en: 'A usage point cannot have the same parent twice', zh: '父计量点重复' } },
  'METERING.METER_NOT_FOUND': { status: 404, title: { en: 'There is no such meter', zh: '电能表不存在' } },
  'METERING.METER_UNKNOWN': { status: 422, title: { en: 'The meter is not known', zh: '电能表未登记' } },
  'METERING.ASSET_NO_TAKEN': { status: 409, title: { en: 'The asset number is in use', zh: '资产编号已存在' } },
  'METERING.REGISTERS_INVALID': { status: 422, title: { en: 'The registers do not make a meter', zh: '示数类型组合无效' } },
  'METERING.INSTALLATION_NOT_FOUND': { status: 404, title: { en: 'There is no such installation', zh: '装表关系不存在' } },
  'METERING.METER_INSTALLED_ELSEWHERE': {
    status: 409,
    title: { en: 'The meter stands at another place on some of these days', zh: '电能表在该期间已装于他处' },
  },
  'METERING.ALREADY_REMOVED': { status: 409, title: { en: 'The meter has been removed already', zh: '电能表已拆除' } },
  'METERING.INSTALLATION_DATES_INVALID': { status: 422, title: { en: 'The dates of the installation are not possible', zh: '装拆日期不可能' } },
  'METERING.READINGS_INCOMPLETE': {
    status: 422,
    title: { en: 'A reading is required for each register, once', zh: '每个示数类型须且仅须一个示数' },
  },
  'METERING.ROUTE_NOT_FOUND': { status: 404, title: { en: 'There is no such reading route', zh: '抄表段不存在' } },
  'METERING.ROUTE_CODE_TAKEN': { status: 409, title: { en: 'The route code is in use', zh: '抄表段编号已存在' } },
  'METERING.ROUTE_CHANGE_TOO_EARLY': {
    status: 422,
    title: { en: 'The account has a later change of route already', zh: '该户已有更晚的抄表段变更' },
  },
  'METERING.READING_NOT_FOUND': { status: 404, title: { en: 'There is no such reading', zh: '示数不存在' } },
  'METERING.READING_REFUSED': {
    status: 422,
    title: { en: 'The reading is not possible', zh: '示数不可能' },
    detail: { en: 'See errors for the field and what is allowed.', zh: '问题字段及允许的取值见 errors。' },
  },
  'METERING.READING_DUPLICATE': {
    status: 409,
    title: { en: 'Another value is recorded for that day', zh: '该日已有不同示数' },
    detail: { en: 'Correct the recorded reading instead.', zh: '请更正已有示数。' },
  },
  'METERING.READING_SUPERSEDED': { status: 409, title: { en: 'The reading has been corrected already', zh: '该示数已被更正' } },
  'METERING.NOTHING_CHANGES': { status: 422, title: { en: 'That is what is recorded already', zh: '与已有记录相同' } },
  'METERING.FINDING_NOT_FOUND': { status: 404, title: { en: 'There is no such finding', zh: '异常记录不存在' } },
  'METERING.FINDING_CLOSED': { status: 409, title: { en: 'The finding has been decided already', zh: '异常已处理' } },
  'METERING.FINDING_NEEDS_READING': {
    status: 422,
    title: { en: 'A missing reading is not confirmed but entered', zh: '缺抄须补录示数，不能确认' },
  },
  'METERING.IMPORT_NOT_FOUND': { status: 404, title: { en: 'There is no such import', zh: '导入记录不存在' } },
  'METERING.IMPORT_HEADER_INVALID': {
    status: 422,
    title: { en: 'The header line of the file is not right', zh: '文件表头不正确' },
  },
  'METERING.ADJUSTMENT_NOT_FOUND': { status: 404, title: { en: 'There is no such adjustment', zh: '追补电量记录不存在' } },
  'METERING.ADJUSTMENT_INVALID': { status: 422, title: { en: 'The adjustment contradicts itself or its usage point', zh: '追补电量参数矛盾' } },
  'METERING.ADJUSTMENT_DECIDED': { status: 409, title: { en: 'The adjustment has been decided already', zh: '追补电量已审批' } },
  'METERING.INPUT_IMMUTABLE': { status: 409, title: { en: 'Recorded billing inputs are superseded, never changed', zh: '计费依据只能以新版本替代' } },
});

defineConstraintErrors({
  usage_points_no_unique: 'METERING.USAGE_POINT_NO_TAKEN',
  usage_point_versions_no_overlap: 'METERING.VALIDITY_OVERLAPS',
  usage_point_parents_no_cycle: 'METERING.PARENT_CYCLE',
  usage_point_parents_not_itself: 'METERING.PARENT_CYCLE',
  usage_point_parents_four_levels: 'METERING.TREE_TOO_DEEP',
  usage_point_parents_at_most_two: 'METERING.PARENT_TOO_MANY',
  usage_point_parents_each_once: 'METERING.PARENT_REPEATED',
  usage_point_parents_one_per_position: 'METERING.VALIDITY_OVERLAPS',
  meters_asset_no_unique: 'METERING.ASSET_NO_TAKEN',
  meter_installation_versions_one_place_at_a_time: 'METERING.METER_INSTALLED_ELSEWHERE',
  meter_installation_versions_dates_in_order: 'METERING.INSTALLATION_DATES_INVALID',
  reading_routes_code_unique: 'METERING.ROUTE_CODE_TAKEN',
  route_accounts_one_route_at_a_time: 'METERING.ROUTE_CHANGE_TOO_EARLY',
  readings_one_live: 'METERING.READING_DUPLICATE',
});

/** A refusal that names one field, what is wrong with it and what is allowed. */
export function refuse(code: ErrorCode, field: string, problem: string, message: Bilingual, allowed?: string): AppError {
  return new AppError(code, { errors: [fieldError(field, problem, message, allowed)] });
}
