import { defineConstraintErrors, defineErrors } from '../../platform/errors';

/** Refusals of the tariff module. */
export const TARIFF_ERRORS = defineErrors({
  'TARIFF.VERSION_NOT_FOUND': { status: 404, title: { en: 'There is no such tariff version', zh: '电价版本不存在' } },
  'TARIFF.DOCUMENT_INVALID': {
    status: 422,
    title: { en: 'The tariff document has errors', zh: '电价文件有错误' },
    detail: {
      en: 'Nothing was stored. Every problem stands in errors with its place and what is allowed.',
      zh: '未保存任何内容。errors 中列出全部问题、位置及允许的取值。',
    },
  },
  'TARIFF.ALREADY_LOADED': {
    status: 409,
    title: { en: 'A tariff version with the same content is recorded already', zh: '相同内容的电价版本已存在' },
  },
  'TARIFF.VERSION_NAME_TAKEN': {
    status: 409,
    title: { en: 'The price book has a version of that name', zh: '该价目簿已有同名版本' },
  },
  'TARIFF.OVERLAPS_PUBLISHED': {
    status: 409,
    title: { en: 'A published version of the price book covers some of these days', zh: '有效期与已发布版本重叠' },
    detail: {
      en: 'Only an open-ended version that began earlier gives way to its successor.',
      zh: '只有开始更早且未定截止日期的版本会在后续版本生效时终止。',
    },
  },
  'TARIFF.NOT_A_DRAFT': {
    status: 409,
    title: { en: 'Only a draft can be published or withdrawn', zh: '只有草稿可以发布或撤回' },
  },
  'TARIFF.IMMUTABLE': { status: 409, title: { en: 'A published tariff version never changes', zh: '已发布的电价版本不可变更' } },
});

defineConstraintErrors({
  tariff_versions_content_once: 'TARIFF.ALREADY_LOADED',
  tariff_versions_name_once: 'TARIFF.VERSION_NAME_TAKEN',
  tariff_validities_no_overlap: 'TARIFF.OVERLAPS_PUBLISHED',
  tariff_versions_second_person: 'APPROVAL.SAME_PERSON',
  tariff_versions_immutable: 'TARIFF.IMMUTABLE',
});
