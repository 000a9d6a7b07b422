import { Agent, request } from 'node:http';
import type { ApiProcesses } from '../../../bench/support/api-processes';

/** A POST with its key; it is repeated until its answer is final. */
export interface Post {
  readonly path: string;
  readonly key: string;
  readonly body: object;
}

export interface FinalAnswer {
  readonly key: string;
  readonly status: number;
  readonly text: string;
  readonly replayed: boolean;
  /** Attempts whose connection broke: nobody knows what became of them. */
  readonly unanswered: number;
  /** Attempts that were told to come back. */
  readonly toldToWait: number;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly replayed: boolean;
}

/** What a client is told to try again with the same key. */
const PASSING = new Set(['IDEMPOTENCY.IN_PROGRESS', 'REQUEST.RETRY', 'REQUEST.TOO_MANY']);
const PAUSE_MS = 250;

function isPassing({ status, text }: Answer): boolean {
  if (status >= 500) return true;
  return status === 409 || status === 429 ? PASSING.has((JSON.parse(text) as { code: string }).code) : false;
}

/** A client as the manual wants it: the same key with the same body until there is a final answer, at whichever process answers. */
export class PersistentClient {
  private readonly agent: Agent;
  private readonly inFlight: number[];
  private turn = 0;

  /** At most `concurrency` requests are under way at once. */
  constructor(
    private readonly fleet: ApiProcesses,
    private readonly token: string,
    private readonly concurrency: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: Infinity });
    this.inFlight = Array.from({ length: fleet.count }, () => 0);
  }

  /** Requests that wait for an answer of one process now. */
  waitingFor(index: number): number {
    return this.inFlight[index] ?? 0;
  }

  close(): void {
    this.agent.destroy();
  }

  /** Sends posts as fast as the limit allows; one that waits before it is repeated keeps nobody from sending. */
  async sendAll(posts: Iterable<Post>): Promise<FinalAnswer[]> {
    const source = posts[Symbol.iterator]();
    const answers: Promise<FinalAnswer>[] = [];
    const gate = new Gate(this.concurrency);
    for (let next = source.next(); next.done !== true; next = source.next()) {
      await gate.enter();
      answers.push(this.persist(next.value, gate));
    }
    return Promise.all(answers);
  }

  /** Repeats one post until its answer is final; enters and leaves the gate for each attempt but the first, which is inside. */
  private async persist({ path, key, body }: Post, gate: Gate): Promise<FinalAnswer> {
    const text = JSON.stringify(body);
    for (let unanswered = 0, toldToWait = 0; ; ) {
      const answer = await this.attempt(path, key, text);
      gate.leave();
      if (answer && !isPassing(answer)) return { key, ...answer, unanswered, toldToWait };
      if (answer) toldToWait += 1;
      else unanswered += 1;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (1 + Math.random())));
      await gate.enter();
    }
  }

  /** One attempt at the next process that answers, as soon as there is one; undefined where the connection broke. */
  private async attempt(path: string, key: string, text: string): Promise<Answer | undefined> {
    for (;;) {
      for (let tries = 0; tries < this.fleet.count; tries += 1) {
        this.turn = (this.turn + 1) % this.fleet.count;
        const address = this.fleet.address(this.turn);
        if (address !== undefined) return this.post(this.turn, address + path, key, text);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  private async post(index: number, url: string, key: string, text: string): Promise<Answer | undefined> {
    this.inFlight[index] = this.waitingFor(index) + 1;
    try {
      return await exchange(this.agent, url, { Authorization: `Bearer ${this.token}`, 'Idempotency-Key': key, 'Content-Type': 'application/json' }, text);
    } catch {
      return undefined;
    } finally {
      this.inFlight[index] = this.waitingFor(index) - 1;
    }
  }
}

/** Lets so many in at once, the others in the order of their coming. */
class Gate {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async enter(): Promise<void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}

function exchange(agent: Agent, url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('aborted', () => { reject(new Error('the answer broke off')); });
      response.once('end', () => { resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString(), replayed: response.headers['idempotency-replayed'] === 'true' }); });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
