/**
 * A page of settings that is saved by its button, with Undo: what it started from, what is changed, what was said to it.
 * What another writer changes shows at once, unless something is unsaved here; leaving with changes asks. Made while a
 * component is made, as it follows the page from then on.
 */
import { untrack } from "svelte";
import { words } from "../i18n";
import { ask } from "./ask.svelte";
import { holdWindow } from "./closing";
import { sentence } from "./host";
import { notify } from "./notices.svelte";
import { addLeaveGuard } from "./session.svelte";

export interface Ways<Settings extends object, Form, Changes extends Partial<Settings>> {
  /** The settings as they are now, by whomever. */
  current: () => Settings;
  /** Whether two settings are the same for this form. */
  same: (one: Settings, other: Settings) => boolean;
  form: (settings: Settings) => Form;
  /** Whether the form cannot be saved as it is; then the page says why. */
  wrong: (form: Form) => boolean;
  /** What the form changes of the settings. */
  changes: (form: Form, settings: Settings) => Changes;
  /** Saves, puts the new settings where everybody sees them, and returns them. */
  update: (changes: Changes) => Promise<Settings>;
  /** Asks before a change that cannot be taken back. Whether to go on. */
  confirm?: (changes: Changes) => Promise<boolean>;
  /** What is lost if the person leaves now. */
  unsaved: () => string;
}

export class SettingsForm<Settings extends object, Form, Changes extends Partial<Settings>> {
  /** The settings that the form was made from. */
  base: Settings = $state.raw()!;
  form: Form = $state()!;
  /** Whether the person tried to save: before, nothing is called wrong. */
  tried = $state(false);
  busy = $state(false);
  /** Why the engine did not take it, as it was thrown. */
  refusal = $state.raw<unknown>(null);

  wrong = $derived.by(() => this.ways.wrong(this.form));
  changed = $derived.by(() => this.wrong || Object.keys(this.ways.changes(this.form, this.base)).length > 0);
  /** Somebody else changed the same settings meanwhile. */
  elsewhere = $derived.by(() => this.changed && !this.ways.same(this.ways.current(), this.base));

  constructor(private readonly ways: Ways<Settings, Form, Changes>) {
    this.#startFrom(untrack(ways.current));
    $effect(() => {
      const now = ways.current();
      if (!untrack(() => this.changed || ways.same(now, this.base))) this.#startFrom(now);
    });
    $effect(() => (this.changed ? holdWindow() : undefined));
    $effect(() => addLeaveGuard(() => this.#mayLeave()));
  }

  /** The sentence of the refusal, or null. */
  get said(): string | null {
    return this.refusal === null ? null : sentence(this.refusal);
  }

  /** Goes back to the settings as they are now. */
  discard = (): void => this.#startFrom(this.ways.current());

  /** Whether the settings are saved now. */
  save = async (): Promise<boolean> => {
    const { ways, base } = this;
    this.tried = true;
    this.refusal = null;
    if (this.busy || this.wrong) return false;
    const changes = ways.changes(this.form, base);
    this.busy = true;
    try {
      if (ways.confirm && !(await ways.confirm(changes))) return false;
      this.#startFrom(await ways.update(changes));
      notify({
        text: words.forms.saved,
        undo: () => ways.update(backTo(base, changes)),
        redo: () => ways.update(changes),
      });
      return true;
    } catch (error) {
      this.refusal = error;
      return false;
    } finally {
      this.busy = false;
    }
  };

  #startFrom(settings: Settings): void {
    this.base = settings;
    this.form = this.ways.form(settings);
    this.tried = false;
    this.refusal = null;
  }

  async #mayLeave(): Promise<boolean> {
    if (!this.changed) return true;
    const choice = await ask({
      title: words.forms.unsavedTitle,
      text: this.ways.unsaved(),
      choices: [
        { value: "leave", label: words.forms.leaveUnsaved },
        { value: "save", label: words.forms.save, tone: "main" },
      ],
      stay: words.forms.keepEditing,
    });
    if (choice === "save") return this.save();
    if (choice !== "leave") return false;
    this.discard();
    return true;
  }
}

/** Of the settings, what would take the changes back. */
export function backTo<Settings extends object, Changes extends Partial<Settings>>(
  settings: Settings,
  changes: Changes,
): Changes {
  const names = Object.keys(changes) as (keyof Changes & keyof Settings)[];
  return Object.fromEntries(names.map((name) => [name, settings[name]])) as Changes;
}
