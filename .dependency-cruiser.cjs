'use strict';

/** Which module of the trade may use which others, through their index alone. */
const BUILDS_ON = {
  customers: [],
  tariff: [],
  metering: ['customers'],
  billing: ['customers', 'tariff', 'metering'],
  collection: ['billing', 'customers'],
  'service-orders': ['collection', 'billing', 'metering', 'tariff', 'customers'],
  complaints: ['service-orders', 'customers'],
  halls: ['customers'],
  notices: ['customers'],
  'customer-care': ['collection', 'customers'],
};

const moduleRules = Object.entries(BUILDS_ON).map(([name, others]) => ({
  name: `${name}-builds-on`,
  comment: `${name} may use ${others.length === 0 ? 'no other module' : others.join(', ')}.`,
  severity: 'error',
  from: { path: `^src/modules/${name}/` },
  to: { path: '^src/modules/', pathNot: [name, ...others].map((other) => `^src/modules/${other}/`) },
}));

module.exports = {
  forbidden: [
    { name: 'no-circles', comment: 'Nothing depends on itself in the end.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      comment: 'The core computes: it knows its own files and the decimal library.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: ['^src/core/', '^node_modules/decimal\\.js/'] },
    },
    {
      name: 'decimals-in-one-place',
      comment: 'decimal.js is wrapped once, in core/quantity.',
      severity: 'error',
      from: { pathNot: '^src/core/quantity/' },
      to: { path: '^node_modules/decimal\\.js/' },
    },
    {
      name: 'platform-knows-no-trade',
      comment: 'Of the core, the plumbing knows quantities and errors.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: ['^src/platform/', '^src/core/quantity/', '^src/core/errors\\.ts$'] },
    },
    {
      name: 'modules-through-their-index',
      comment: 'A module shows what others may use in its index; roles read its permissions.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/[^/]+/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'modules-know-no-composition',
      comment: 'Modules are put together above them.',
      severity: 'error',
      from: { path: '^src/(modules|platform|core)/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    ...moduleRules,
    {
      name: 'known-modules',
      comment: 'A new module gets its own line in BUILDS_ON; the portal may use any.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: [...Object.keys(BUILDS_ON), 'portal'].map((name) => `^src/modules/${name}/`) },
      to: { path: '^src/modules/' },
    },
    {
      name: 'sources-know-no-tests',
      severity: 'error',
      from: { path: '^(src|migrations|scripts|bench)/' },
      to: { path: '^test/' },
    },
    {
      name: 'declared-dependencies',
      comment: 'What the product uses stands in package.json, and not only for development.',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'npm-optional'], pathNot: '^node_modules/@types/' },
    },
    { name: 'resolvable', severity: 'error', from: { path: '^(src|migrations|scripts|bench)/' }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: '^(node_modules|dist)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'], mainFields: ['main', 'types'] },
  },
};
