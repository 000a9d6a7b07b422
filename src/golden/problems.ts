/** A case asks for something that is not there: a rule, or a value of a policy. */
export class Unsupported extends Error {
  constructor(readonly what: string) {
    super(what);
    this.name = 'Unsupported';
  }
}

/** A case lacks a quantity that one of its rules needs, or states it in a form that cannot be read. */
export class CaseProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CaseProblem';
  }
}
