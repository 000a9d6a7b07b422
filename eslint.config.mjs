import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

const ROOT = dirname(fileURLToPath(import.meta.url));

const NO_FOCUS = {
  selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo)$/]',
  message: 'Every test runs, always.',
};
const NO_ENV = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message: 'Only src/platform/config reads the environment.',
};
const NO_CLOCK = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'The present comes from the injected Clock, or app_now() in SQL.' },
  { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: 'The present comes from the injected Clock, or app_now() in SQL.' },
];
const NO_DATE = { selector: 'NewExpression[callee.name="Date"]', message: 'The core knows local dates only: core/calendar.' };
const NO_CHANCE = { selector: 'MemberExpression[object.name="Math"][property.name="random"]', message: 'The core answers the same for the same input.' };
const FEW_DEPENDENCIES = {
  selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>6]',
  message: 'A class has at most six dependencies.',
};
/** Counts, sizes and other whole numbers that came as text are read by `wholeNumber` of platform/database. */
const NO_BINARY_NUMBERS = [
  { selector: 'CallExpression[callee.name=/^(parseFloat|Number)$/]', message: 'Quantities are decimals: dec() of core/quantity. For a whole number: wholeNumber() of platform/database.' },
  { selector: 'CallExpression[callee.object.name="Number"][callee.property.name="parseFloat"]', message: 'Quantities are decimals: dec() of core/quantity.' },
  { selector: 'CallExpression[callee.property.name="toNumber"]', message: 'A quantity never becomes a binary number.' },
  { selector: 'UnaryExpression[operator="+"]:not([argument.type="Literal"])', message: 'Quantities are decimals: dec() of core/quantity.' },
];

const restricted = (...rules) => ({ 'no-restricted-syntax': ['error', NO_FOCUS, FEW_DEPENDENCIES, ...rules.flat()] });

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.wattledger/', 'coverage/', 'reports/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: ROOT } },
    rules: {
      // Nest finds constructor parameters and bodies by their classes, which a type import would take away.
      '@typescript-eslint/consistent-type-imports': 'off',
      // Modules and columns are classes whose decorators say it all.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowStaticOnly: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Views are classes for the sake of the contract, filled with plain objects.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // What a caller awaits may have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      ...restricted(NO_ENV),
    },
  },
  { files: ['src/core/**/*.ts'], rules: restricted(NO_ENV, NO_DATE, NO_CLOCK, NO_CHANCE, NO_BINARY_NUMBERS) },
  { files: ['src/modules/**/*.ts'], rules: restricted(NO_ENV, NO_CLOCK, NO_BINARY_NUMBERS) },
  { files: ['src/platform/config/environment.ts'], rules: restricted() },
  { files: ['migrations/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['scripts/**/*.ts', 'bench/**/*.ts'], rules: restricted() },
  {
    files: ['test/**/*.ts'],
    rules: {
      ...restricted(),
      'max-lines-per-function': 'off',
      // Expectations look into answers whose shape is what they check.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  { files: ['**/*.mjs', '**/*.cjs', '**/*.js'], rules: { ...restricted(), eqeqeq: ['error', 'always', { null: 'ignore' }], 'max-lines': ['error', 300], 'no-unused-vars': 'error', 'no-undef': 'off' } },
);
