/** A moment in the middle of a sentence: today 13:58, yesterday 17:26, 18 Nov 2026. */
import { date } from "../../format";

export function moment(ms: number): string {
  return date(ms).replace(/^(?:Today|Yesterday)/, (day) => day.toLowerCase());
}
