/** Requests to the server that the page comes from, with the person's key. */
import type { ApiError, ErrorCode } from "../../bindings/wire";
import { words } from "../../i18n";
import { isApiError } from "../host";

export function apiError(code: ErrorCode, message: string, details: Record<string, string> = {}): ApiError {
  return { code, message, details };
}

/** What an answer that is no success says; a sentence of ours if it says nothing that we know. */
export function refusal(body: string): ApiError {
  try {
    const error: unknown = JSON.parse(body);
    if (isApiError(error)) return error;
  } catch {
    // Something between us and the server has answered in its own words.
  }
  return apiError("io", words.browser.noAnswer);
}

export class Door {
  constructor(private readonly key: string) {}

  /** What every request carries. */
  get headers(): Record<string, string> {
    return { "X-API-Key": this.key };
  }

  /** Runs one command of the list. Rejects with an `ApiError`. */
  async command(name: string, request: unknown): Promise<unknown> {
    const answer = await this.ask(`/api/commands/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
    });
    return answer.json();
  }

  /** Asks the server. Rejects with an `ApiError` for every answer that is no success, and if none comes. */
  async ask(address: string, how: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    const headers = { ...this.headers, ...how.headers };
    let answer: Response;
    try {
      answer = await fetch(address, { ...how, headers, credentials: "omit", cache: "no-store" });
    } catch {
      throw apiError("io", words.browser.unreachable);
    }
    if (!answer.ok) throw refusal(await answer.text().catch(() => ""));
    return answer;
  }
}
