/** What can be done with a whole bucket, from its header. All of it can be undone. */
import Copy from "@lucide/svelte/icons/copy";
import Eraser from "@lucide/svelte/icons/eraser";
import Settings from "@lucide/svelte/icons/settings";
import Trash from "@lucide/svelte/icons/trash-2";
import { deleteBucket } from "../../app/bucketActs";
import { call, host } from "../../app/host";
import { notify, notifyError } from "../../app/notices.svelte";
import { session } from "../../app/session.svelte";
import type { Bucket, ObjectInfo } from "../../bindings/wire";
import type { MenuItem } from "../../components/types";
import { words } from "../../i18n";

/** The lines of the menu More. */
export function bucketMenu(bucket: Bucket): MenuItem[] {
  return [
    { label: words.shell.copyAddress, icon: Copy, run: () => copyAddress(bucket) },
    { label: words.shell.bucketSettings, icon: Settings, run: () => session.go({ tab: "settings" }) },
    "line",
    { label: words.shell.emptyFiles, icon: Eraser, run: () => empty(bucket, { files: true }) },
    { label: words.shell.emptyData, icon: Eraser, run: () => empty(bucket, { data: true }) },
    "line",
    { label: words.shell.deleteBucket, icon: Trash, danger: true, run: () => deleteBucket(bucket) },
  ];
}

async function copyAddress(bucket: Bucket): Promise<void> {
  await host().copyText(bucket.slug);
  notify({ text: words.shell.addressCopied });
}

interface What {
  files?: boolean;
  data?: boolean;
}

async function empty(bucket: Bucket, what: What): Promise<void> {
  // An editor with unsaved changes is asked first: its text would go as well.
  if (what.data && session.tab === "data" && !(await session.mayLeave())) return;
  try {
    const before = what.data ? await call("data_show", { bucket: bucket.id }) : null;
    let { objects } = await call("bucket_empty", { bucket: bucket.id, ...what });
    if (what.files && objects.length === 0) return void notify({ text: words.shell.nothingToEmpty(bucket.title) });
    notify({
      text: what.files ? words.shell.filesEmptied(objects.length, bucket.title) : words.shell.dataEmptied(bucket.title),
      undo: async () => {
        if (objects.length > 0) await call("object_restore", { bucket: bucket.id, objects: refs(objects) });
        if (before) await call("data_set", { bucket: bucket.id, text: before.text, revision: before.revision + 1 });
      },
      redo: async () => {
        ({ objects } = await call("bucket_empty", { bucket: bucket.id, ...what }));
      },
    });
  } catch (error) {
    notifyError(error);
  }
}

function refs(objects: ObjectInfo[]) {
  return objects.map(({ id }) => ({ id }));
}
