/**
 * From paths to transfers: what is ready starts at once, what must be chosen about waits for the person, and what is
 * refused goes with the first lot, so that it stands in the list of what did not come in. Nothing is left out unseen.
 */
import type { Preflight, Verdict } from "../../bindings/wire";
import { notify, notifyError } from "../../app/notices.svelte";
import { startTransfer, type Intake } from "../../app/intake.svelte";
import { words } from "../../i18n";
import { sourcesOf, type Choices } from "./choices";
import { lookAt } from "./drag.svelte";

/** Names to choose about. */
export interface Asking {
  intake: Intake;
  verdicts: readonly Verdict[];
  /** The ready files of the same drop; the decision is about a name that one of them takes. */
  before: Promise<unknown>;
}

class Waiting {
  /** Oldest first; the first is the one shown. */
  asked = $state.raw<readonly Asking[]>([]);

  /** Takes paths in. Resolves once everything that needs no choice has come in or been refused. */
  async take(intake: Intake, look: Promise<Preflight> | null = null): Promise<void> {
    let preflight: Preflight;
    try {
      preflight = await (look ?? lookAt(intake));
    } catch (error) {
      return notifyError(error);
    }
    const { choose, readyFiles, refusedFiles, chooseFiles } = preflight;
    if (readyFiles + refusedFiles + chooseFiles === 0) {
      notify({ text: words.drop.nothingToAdd });
      return;
    }
    const first =
      chooseFiles > choose.length || readyFiles + refusedFiles > 0 ? this.#bring(intake, choose) : Promise.resolve();
    if (choose.length > 0) this.asked = [...this.asked, { intake, verdicts: choose, before: first }];
    await first;
  }

  /** Carries out what was decided; what was decided for no file stays where it is. */
  async decide(asking: Asking, choices: Choices): Promise<void> {
    this.#done(asking);
    await asking.before;
    const { bucket, folder } = asking.intake;
    const sources = sourcesOf(asking.verdicts, choices);
    if (sources.every((source) => source.decision === "skip")) return this.#leftOut(asking);
    await quietly(startTransfer({ bucket, sources, ...(folder === "" ? {} : { folder }) }));
  }

  /** None of them comes in; the notice leads back, so that a slip of the hand loses nothing. */
  skip(asking: Asking): void {
    this.#done(asking);
    this.#leftOut(asking);
  }

  #leftOut(asking: Asking): void {
    const action = {
      label: words.drop.choices.again,
      run: () => {
        this.asked = [...this.asked, asking];
      },
    };
    notify({ text: words.drop.choices.leftOut(asking.verdicts.length), action });
  }

  #done(asking: Asking): void {
    this.asked = this.asked.filter((other) => other !== asking);
  }

  #bring({ bucket, folder, paths }: Intake, except: readonly Verdict[]): Promise<unknown> {
    return quietly(
      startTransfer({
        bucket,
        sources: paths.map((path) => ({ path })),
        ...(folder === "" ? {} : { folder }),
        ...(except.length === 0 ? {} : { except: except.map((verdict) => verdict.path) }),
      }),
    );
  }
}

export const waiting = new Waiting();

/** A transfer that cannot start has told why itself. */
function quietly(transfer: Promise<unknown>): Promise<unknown> {
  return transfer.catch(() => undefined);
}
