import { Readable } from 'node:stream';

/** A refusal by the API, as its problem body tells it. */
export class ApiRefusal extends Error {}

/** Calls of the public API on behalf of one user; the demonstration has no other way in. */
export class ApiClient {
  constructor(
    readonly address: string,
    private readonly token: string,
  ) {}

  get<Answer>(path: string): Promise<Answer> {
    return this.json<Answer>('GET', path);
  }

  post<Answer>(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.json<Answer>('POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  }

  /** Sends lines as one streamed body. */
  async upload<Answer>(path: string, contentType: string, lines: Iterable<string>): Promise<Answer> {
    return this.json<Answer>('POST', path, Readable.from(batched(lines)), { 'content-type': contentType });
  }

  async text(path: string, headers: Record<string, string> = {}): Promise<string> {
    return (await this.call('GET', path, undefined, headers)).text();
  }

  private async json<Answer>(method: string, path: string, body?: string | Readable, headers: Record<string, string> = {}): Promise<Answer> {
    return (await (await this.call(method, path, body, headers)).json()) as Answer;
  }

  private async call(method: string, path: string, body?: string | Readable, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(`${this.address}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : (Readable.toWeb(body) as ReadableStream), duplex: 'half' }),
    });
    if (!response.ok) throw new ApiRefusal(`${method} ${path} was answered ${response.status}: ${(await response.text()).slice(0, 2000)}`);
    return response;
  }
}

function* batched(lines: Iterable<string>): Generator<string> {
  let batch = '';
  for (const line of lines) {
    batch += `${line}\n`;
    if (batch.length > 60_000) {
      yield batch;
      batch = '';
    }
  }
  if (batch !== '') yield batch;
}
