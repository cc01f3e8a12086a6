/** What a link is to be, as a form. */
import type { LinkSignRequest, ObjectInfo } from "../../../bindings/wire";
import { secondsOf, type SpanForm } from "../../../format/span";

export type Life = "hour" | "day" | "week" | "other";

/** The longest that a signed link lives, in seconds. */
export const LONGEST = 604_800;

const SECONDS = { hour: 3600, day: 86_400, week: LONGEST } as const;

export interface ShareForm {
  life: Life;
  /** For the life `other`. */
  span: SpanForm;
  opensAs: "preview" | "download";
}

/** How long it would live, in seconds, or null for what is no life of a link. */
export function lifeOf({ life, span }: ShareForm): number | null {
  const seconds = life === "other" ? secondsOf(span) : SECONDS[life];
  return seconds !== null && seconds <= LONGEST ? seconds : null;
}

/** What the link is made by, or null for a form that is wrong. */
export function requestOf(form: ShareForm, object: ObjectInfo): LinkSignRequest | null {
  const seconds = lifeOf(form);
  if (seconds === null) return null;
  const { bucket, id, originalName } = object;
  return {
    ...{ bucket, object: { id }, seconds },
    ...(form.opensAs === "download" ? { download: originalName } : {}),
  };
}
