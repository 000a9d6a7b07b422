import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { Bill, CALCULATION_DOCUMENT_SCHEMA, CalculationDocument, computeBill, explainBill, ExplanationLanguage, explanationText } from './core/bill';
import { CoreError } from './core/errors';
import type { TariffDocument } from './core/tariff';
import { calculationDocumentOf } from './modules/billing/documents/document-validator';
import './modules/billing/billing.errors';
import './modules/tariff/tariff.errors';
import { checkTariffDocument } from './modules/tariff/rules/check-tariff-document';
import { contentHashOf } from './modules/tariff/rules/content-hash';
import { shippedDocuments } from './modules/tariff/rules/shipped-price-books';
import { AppError } from './platform/errors';

interface Options {
  readonly schema?: boolean;
  readonly json?: boolean;
  readonly lang: ExplanationLanguage;
}

interface Refusal {
  readonly code: string;
  readonly errors: readonly { readonly field: string; readonly code: string; readonly message: string; readonly allowed?: string }[];
  readonly params?: Readonly<Record<string, string | number>>;
}

/** The shipped price books by content hash, for documents that name one without carrying it. */
function shippedTariffs(): Map<string, TariffDocument> {
  return new Map(shippedDocuments().map(({ document, file }) => {
    const tariff = checkTariffDocument(document, file);
    return [contentHashOf(tariff), tariff];
  }));
}

/** Inlined tariffs must be sound and be what their hash says. */
function checkInlinedTariffs(document: CalculationDocument): void {
  document.tariffs.forEach(({ hash, document: tariff }, index) => {
    if (tariff === undefined) return;
    const actual = contentHashOf(checkTariffDocument(tariff, `tariffs.${index}.document`));
    if (actual !== hash) throw new CoreError('TARIFF.HASH_MISMATCH', `/tariffs/${index}/hash`, { stated: hash, actual });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new CoreError('DOCUMENT.NOT_JSON', '', { reason: error instanceof Error ? error.message : '' });
  }
}

function billOf(file: string): Bill {
  const document = calculationDocumentOf(parse(readFileSync(file === '-' ? 0 : file, 'utf8')));
  checkInlinedTariffs(document);
  const named = document.tariffs.some((tariff) => tariff.document === undefined);
  return computeBill(document, named ? shippedTariffs() : undefined);
}

function refusalOf(error: unknown, language: ExplanationLanguage): Refusal {
  if (error instanceof AppError) {
    return {
      code: error.code,
      params: error.params,
      errors: error.errors.map(({ field, code, message, allowed }) => ({ field, code, message: message[language], ...(allowed === undefined ? {} : { allowed }) })),
    };
  }
  if (error instanceof CoreError) return { code: error.code, errors: [{ field: error.path, code: error.code, message: error.message }], params: error.params };
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { code: 'DOCUMENT.NOT_FOUND', errors: [] };
  throw error;
}

function printRefusal(refusal: Refusal, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify({ error: refusal })}\n`);
  else {
    const figures = Object.entries(refusal.params ?? {}).map(([name, value]) => `${name} ${value}`).join(', ');
    const lines = refusal.errors.map(({ field, message, allowed }) => `  ${field === '' ? '/' : field}: ${message}${allowed === undefined ? '' : ` (${allowed})`}`);
    process.stderr.write(`${[`${refusal.code}${figures === '' ? '' : ` (${figures})`}`, ...lines].join('\n')}\n`);
  }
}

function run(file: string | undefined, options: Options, program: Command): number {
  if (options.schema === true) {
    process.stdout.write(`${JSON.stringify(CALCULATION_DOCUMENT_SCHEMA, null, 2)}\n`);
    return 0;
  }
  if (file === undefined) {
    program.outputHelp({ error: true });
    return 2;
  }
  try {
    const bill = billOf(file);
    process.stdout.write(options.json === true ? `${JSON.stringify(bill, null, 2)}\n` : explanationText(explainBill(bill, options.lang)));
    return 0;
  } catch (error) {
    printRefusal(refusalOf(error, options.lang), options.json === true);
    return 1;
  }
}

/** `npm run bill`: computes one calculation document and prints the bill with its trace. */
function main(): void {
  const program = new Command('npm run bill --')
    .description('Computes one calculation document and prints the bill with every figure and where it comes from.')
    .argument('[file]', 'calculation document (JSON), or - for standard input')
    .option('--schema', 'print the JSON Schema of calculation documents')
    .option('--json', 'print the bill as JSON')
    .addOption(new Option('--lang <language>', 'language of the bill').choices(['zh', 'en']).default('en'))
    .exitOverride();
  try {
    program.parse(process.argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode;
    return;
  }
  process.exitCode = run(program.args[0], program.opts<Options>(), program);
}

main();
