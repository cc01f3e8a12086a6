/** The data of a bucket in the stand-in's host, opened in an editor as the view opens it, for tests. */
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { setHost } from "../../app/host";
import type { Bucket } from "../../bindings/wire";
import { fakeHost, type FakeHost } from "../../host/fake";
import { Draft } from "./draft.svelte";
import { asText } from "./editor/apply";
import { mainEditor } from "./editor/setup";

export const TEXT = '{\n  "seed": 1836486125467611137,\n  "light": 1e400,\n  "one": 1.0\n}\n';

export class Editing {
  draft!: Draft;
  view!: EditorView;

  private constructor(
    readonly host: FakeHost,
    readonly bucket: Bucket,
  ) {}

  static async start(): Promise<Editing> {
    // jsdom lays nothing out, and the editor measures.
    Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
    const host = fakeHost();
    setHost(host);
    return new Editing(host, await host.call("bucket_create", { title: "Render output" }));
  }

  /** Saves a text and opens it; its revision is 2. */
  async open(text: string): Promise<void> {
    await this.host.call("data_set", { bucket: this.bucket.id, text });
    const draft = new Draft(this.bucket.id);
    await draft.load();
    const follow = EditorView.updateListener.of((update) => draft.updated(update));
    const state = EditorState.create({ doc: asText(draft.saved?.text ?? ""), extensions: mainEditor("Data", follow) });
    this.draft = draft;
    this.view = new EditorView({ parent: document.body, state });
    draft.attach(this.view);
  }

  /** Writes over the first place where a text stands. */
  write(found: string, by: string): void {
    const from = this.view.state.doc.toString().indexOf(found);
    this.view.dispatch({ changes: { from, to: from + found.length, insert: by }, userEvent: "input" });
  }

  async stored(): Promise<string> {
    return (await this.host.call("data_show", { bucket: this.bucket.id })).text;
  }

  stop(): void {
    this.draft.detach();
    this.view.destroy();
  }
}
