/**
 * What a refusal of the core looks like, whole: code, figures and place. Compares every figure, so that a message never
 * loses the value that it explains.
 */
export function refusal(code: string, params: Readonly<Record<string, string>> = {}, path = ''): Error {
  return expect.objectContaining({ code, path, params, message: `${code} at ${path === '' ? '/' : path}` }) as Error;
}
