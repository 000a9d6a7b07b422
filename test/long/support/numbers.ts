/** Reads `posts=100,kills=5` from a variable over the usual numbers. Throws for words that it does not know. */
export function readNumbers<Names extends string>(variable: string, usual: Readonly<Record<Names, number>>): Readonly<Record<Names, number>> {
  const words = process.env[variable] ?? '';
  const changes = words === '' ? [] : words.split(',').map((word) => {
    const [name = '', value = ''] = word.split('=');
    if (!(name in usual) || !/^\d{1,6}$/.test(value)) throw new Error(`${variable} is NAME=NUMBER,… of ${Object.keys(usual).join(', ')}`);
    return [name, Number(value)] as const;
  });
  return { ...usual, ...Object.fromEntries(changes) };
}
