/** Asks again and again until the answer is there; fails with what it waited for when the time is over. */
export async function eventually<T>(what: string, ask: () => T | undefined | Promise<T | undefined>, withinMs = 15_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false && answer !== null) return answer;
    if (Date.now() > end) throw new Error(`waited ${String(withinMs)} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
