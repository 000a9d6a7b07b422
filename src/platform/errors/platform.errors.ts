import { defineErrors } from './error-registry';

/** What any request can be answered with before a module has looked at it. */
export const REQUEST_ERRORS = defineErrors({
  'REQUEST.INVALID': {
    status: 400,
    title: { en: 'The request is not valid', zh: '请求内容无效' },
    detail: { en: 'See errors for each field and what is allowed.', zh: '各字段的问题及允许的取值见 errors。' },
  },
  'REQUEST.MALFORMED': {
    status: 400,
    title: { en: 'The request cannot be read', zh: '请求无法解析' },
    detail: {
      en: 'Send well-formed JSON in UTF-8 and percent-encode the path correctly.',
      zh: '请发送格式正确的 UTF-8 JSON，并正确编码路径。',
    },
  },
  'REQUEST.TOO_LARGE': {
    status: 413,
    title: { en: 'The request body is too large', zh: '请求体过大' },
    detail: { en: 'A JSON body may have at most 1 MiB.', zh: 'JSON 请求体最大为 1 MiB。' },
  },
  'REQUEST.UNSUPPORTED_MEDIA_TYPE': {
    status: 415,
    title: { en: 'The media type of the body is not supported', zh: '不支持该请求体的媒体类型' },
    detail: { en: 'This operation accepts {allowed}.', zh: '该接口接受 {allowed}。' },
  },
  'REQUEST.TOO_MANY': {
    status: 429,
    title: { en: 'Too many requests', zh: '请求过于频繁' },
    retryAfterSeconds: 60,
  },
  'REQUEST.CONFLICT': {
    status: 409,
    title: { en: 'The request conflicts with what is recorded', zh: '请求与已有记录冲突' },
  },
  'REQUEST.RETRY': {
    status: 409,
    title: { en: 'Another request changed the same records; send this one again', zh: '相同记录正被其他请求修改，请重试' },
    retryAfterSeconds: 1,
  },
  'REQUEST.REFUSED_BY_RULE': {
    status: 422,
    title: { en: 'A rule of the records refuses these values', zh: '数据规则不允许这些取值' },
  },
  'REQUEST.PRECONDITION_REQUIRED': {
    status: 428,
    title: { en: 'The If-Match header is required', zh: '缺少 If-Match 请求头' },
    detail: { en: 'Send the ETag of the version that you read.', zh: '请发送读取时得到的 ETag。' },
  },
  'REQUEST.VERSION_CONFLICT': {
    status: 412,
    title: { en: 'The record has changed since it was read', zh: '记录在读取之后已被修改' },
    detail: { en: 'Read it again and repeat the change.', zh: '请重新读取后再修改。' },
  },
  'CALCULATION.REFUSED': {
    status: 422,
    title: { en: 'The calculation refuses this input', zh: '计算无法接受此输入' },
  },
  'ROUTE.NOT_FOUND': { status: 404, title: { en: 'There is no such address', zh: '地址不存在' } },
  'ROUTE.METHOD_NOT_ALLOWED': {
    status: 405,
    title: { en: 'The address does not know this method', zh: '该地址不支持此方法' },
    detail: { en: 'Allowed: {allowed}.', zh: '允许的方法：{allowed}。' },
  },
  'SERVICE.INTERNAL': {
    status: 500,
    title: { en: 'Something went wrong on our side', zh: '系统内部错误' },
    detail: { en: 'Name the request id when you report it.', zh: '反馈问题时请提供请求编号。' },
  },
  'SERVICE.TIMEOUT': {
    status: 503,
    title: { en: 'The request took too long and was given up', zh: '请求处理超时，已放弃' },
    retryAfterSeconds: 5,
  },
  'SERVICE.UNAVAILABLE': {
    status: 503,
    title: { en: 'The service is not available at the moment', zh: '服务暂不可用' },
    retryAfterSeconds: 5,
  },
});

/** Who may call at all, and the second pair of eyes. */
export const ACCESS_ERRORS = defineErrors({
  'AUTH.TOKEN_MISSING': {
    status: 401,
    title: { en: 'A bearer token is required', zh: '需要访问令牌' },
    detail: { en: 'Send Authorization: Bearer TOKEN.', zh: '请发送 Authorization: Bearer 令牌。' },
  },
  'AUTH.TOKEN_INVALID': {
    status: 401,
    title: { en: 'The token is unknown, expired or revoked', zh: '令牌无效、已过期或已撤销' },
  },
  'AUTH.NOT_PERMITTED': { status: 403, title: { en: 'You are not permitted to do this', zh: '无权执行此操作' } },
  'APPROVAL.SAME_PERSON': {
    status: 403,
    title: { en: 'It must be approved by another person than its requester', zh: '须由申请人以外的人员审批' },
  },
  'APPROVAL.ALREADY_GIVEN': { status: 409, title: { en: 'It has been approved already', zh: '已审批' } },
});

/** The `Idempotency-Key` of a POST that moves money or starts work. */
export const IDEMPOTENCY_ERRORS = defineErrors({
  'IDEMPOTENCY.KEY_REQUIRED': {
    status: 400,
    title: { en: 'The Idempotency-Key header is required', zh: '缺少 Idempotency-Key 请求头' },
    detail: {
      en: 'Send 8 to 128 letters, digits, or . _ : - that are new for each undertaking.',
      zh: '请发送 8 至 128 个字母、数字或 . _ : - ，每笔业务使用新的键。',
    },
  },
  'IDEMPOTENCY.KEY_REUSED': {
    status: 422,
    title: { en: 'The Idempotency-Key was used with other input', zh: '该 Idempotency-Key 已用于不同的请求内容' },
  },
  'IDEMPOTENCY.IN_PROGRESS': {
    status: 409,
    title: { en: 'The first request with this key is still running', zh: '相同键的首个请求仍在处理' },
    retryAfterSeconds: 5,
  },
  'IDEMPOTENCY.ANSWER_LOST': {
    status: 409,
    title: {
      en: 'The first request with this key was carried out, but its answer was lost',
      zh: '相同键的首个请求已执行，但应答已丢失',
    },
    detail: { en: 'Read the resource to see its result; it was not done twice.', zh: '请读取资源查看结果；业务未重复执行。' },
  },
});
