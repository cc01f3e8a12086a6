/** Acts on a bucket that several features offer. */
import type { Bucket } from "../bindings/wire";
import { words } from "../i18n";
import { call } from "./host";
import { notify, notifyError } from "./notices.svelte";
import { session } from "./session.svelte";

/** Moves a bucket to the trash, with Undo. */
export async function deleteBucket(bucket: Bucket): Promise<void> {
  if (!(await session.mayLeave())) return;
  try {
    session.put(await call("bucket_delete", { bucket: bucket.id }));
    notify({
      text: words.shell.bucketDeleted(bucket.title),
      undo: async () => {
        session.put(await call("bucket_restore", { bucket: bucket.id }));
        await session.go({ bucket: bucket.id, view: "bucket" });
      },
      redo: async () => session.put(await call("bucket_delete", { bucket: bucket.id })),
    });
  } catch (error) {
    notifyError(error);
  }
}
