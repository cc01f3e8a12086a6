/** Sends one file, with its progress, which only the older way of asking tells. */
import { words } from "../../i18n";
import { apiError, refusal } from "./door";

/** Rejects with an `ApiError`: what the server says, or `cancelled`. */
export function send(
  address: string,
  headers: Record<string, string>,
  file: File,
  told: (bytes: number) => void,
  stop: AbortSignal,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded }) => told(loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(refusal(request.responseText));
    };
    request.onerror = () => reject(apiError("io", words.browser.unreachable));
    request.onabort = () => reject(apiError("cancelled", words.browser.cancelled));
    stop.addEventListener("abort", () => request.abort());
    if (stop.aborted) reject(apiError("cancelled", words.browser.cancelled));
    else request.send(file);
  });
}
