import type { TestApp } from '../../support/app';
import { rowCounts, type Answer, type Problem } from './story';

/** One wrong input: how it is sent in a language, and what must come back. */
export interface WrongInput {
  readonly send: (language: string) => Promise<Answer<Problem>>;
  readonly status: number;
  readonly code: string;
  /** `field CODE` of a flaw that must be among the errors, and what it says is allowed. */
  readonly flaw?: string;
  readonly allowed?: string | RegExp;
}

const HAN = /[\u4e00-\u9fff]/;

/** Sends a wrong input in English and in Chinese: the code is the same, each language says it, and no table has a row more or less. */
export async function expectRefusal(app: TestApp, { send, status, code, flaw, allowed }: WrongInput): Promise<void> {
  const before = await rowCounts(app);
  const english = await send('en');
  const chinese = await send('zh-CN');
  for (const { status: got, body, headers } of [english, chinese]) {
    expect({ status: got, code: body.code, errors: body.errors }).toMatchObject({ status, code });
    expect(headers['content-type']).toContain('application/problem+json');
    if (flaw === undefined) continue;
    const found = body.errors.find((error) => `${error.field} ${error.code}` === flaw);
    expect(found ?? { wanted: flaw, errors: body.errors }).toMatchObject({ message: expect.any(String) as string });
    if (allowed instanceof RegExp) expect(found?.allowed).toMatch(allowed);
    else if (allowed !== undefined) expect(found?.allowed).toBe(allowed);
  }
  expect(english.body.title).not.toMatch(HAN);
  expect(chinese.body.title).toMatch(HAN);
  expect(english.body.errors.filter(({ message }) => HAN.test(message))).toEqual([]);
  expect(chinese.body.errors.filter(({ message }) => !HAN.test(message))).toEqual([]);
  expect(await rowCounts(app)).toEqual(before);
}
