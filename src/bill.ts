import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { auditFigures, auditText, Bill, CALCULATION_DOCUMENT_SCHEMA, CalculationDocument, computeBill, explainBill, ExplanationLanguage, explanationText, type PrintedFigure } from './core/bill';
import { CoreError } from './core/errors';
import { isPlainDecimal } from './core/quantity';
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
  /** File with the figures that the bill from elsewhere prints. */
  readonly audit?: string;
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

function isPrinted(value: unknown): value is PrintedFigure {
  if (typeof value !== 'object' || value === null) return false;
  const { printed, group, ...narrowing } = value as Record<string, unknown>;
  return typeof group === 'string' && typeof printed === 'string' && isPlainDecimal(printed) && Object.values(narrowing).every((each) => typeof each === 'string');
}

/** The list of printed figures of a file, as `POST /v1/bill-audits` has it under `printed`. */
function printedFigures(file: string): readonly PrintedFigure[] {
  const list = parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(list)) throw new CoreError('DOCUMENT.PRINTED_FIGURES', '', { allowed: '[{"group": "total", "printed": "455.70"}, …]' });
  const wrong = list.findIndex((each) => !isPrinted(each));
  if (wrong >= 0) throw new CoreError('DOCUMENT.PRINTED_FIGURES', `/${wrong}`, { allowed: 'group, printed (a decimal text); item, pricePeriod, usagePointNo, of' });
  return list as PrintedFigure[];
}

/** What the command prints, and whether something is wrong with the bill from elsewhere. */
function output(bill: Bill, { audit, json, lang }: Options): { readonly text: string; readonly wrong: boolean } {
  if (audit === undefined) return { text: json === true ? `${JSON.stringify(bill, null, 2)}\n` : explanationText(explainBill(bill, lang)), wrong: false };
  const printed = printedFigures(audit);
  const audited = auditFigures(bill, printed);
  return { text: json === true ? `${JSON.stringify(audited, null, 2)}\n` : auditText(bill, printed, lang), wrong: audited.some(({ correct }) => !correct) };
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
    const { text, wrong } = output(billOf(file), options);
    process.stdout.write(text);
    return wrong ? 1 : 0;
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
    .option('--json', 'print the bill (or its audit) as JSON')
    .option('--audit <figures>', 'hold the printed figures of this file (JSON list) against the bill; ends with 1 where one is wrong')
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
