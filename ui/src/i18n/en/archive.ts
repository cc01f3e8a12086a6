/** Words of export and import: buckets as one file. */
import type { ArchiveProgress, ExportCategory } from "../../bindings/wire";
import { count, plural, size } from "../../format";

const buckets = (n: number) => plural(n, { one: "1 bucket", other: "# buckets" });
const files = (n: number) => plural(n, { one: "1 file", other: "# files" });

export const archive = {
  export: "Export",
  exportTitle: "Export buckets",
  exportText: "Settings, data and files of buckets as one zip archive, to keep or to import elsewhere.",
  what: "Which buckets",
  categories: {
    assets: "Assets",
    attachments: "Attachments",
    all: "All buckets",
  } satisfies Record<ExportCategory, string>,
  open: (title: string) => `Only ${title}`,
  amount: (n: number, inThem: number, bytes: number): string =>
    n === 0 ? "None" : `${buckets(n)} · ${files(inThem)} · ${size(bytes)}`,
  noneOfThese: "There are none of these. A bucket's Access tab says what it is for.",
  choosePlace: "Choose place",
  exporting: "Exporting",
  exported: (n: number, inThem: number, bytes: number): string =>
    `${buckets(n)} with ${files(inThem)} exported, ${size(bytes)}`,
  place: "Archive",
  copyPlace: "Copy place",
  placeCopied: "Place copied",

  import: "Import",
  importTitle: "Import buckets",
  importText: "Out of an exported archive. They come in together, complete, or not at all.",
  ids: "Ids and addresses",
  keepIds: "Keep",
  keepIdsHint: "Links and scripts that name a bucket go on working. Nothing comes in if one of the ids is taken here.",
  newIds: "Make new",
  newIdsHint: "They come in beside what is here, whatever it is called.",
  chooseArchive: "Choose archive",
  importing: "Importing",
  imported: (n: number, inThem: number, bytes: number): string =>
    `${buckets(n)} with ${files(inThem)} imported, ${size(bytes)}`,
  openBucket: (title: string) => `Open ${title}`,

  far: ({ files: done, filesTotal, bytes, bytesTotal }: ArchiveProgress): string =>
    `${count(done)} of ${files(filesTotal)} · ${size(bytes)} of ${size(bytesTotal)}`,
  looking: "Looking at it",
  stopExport: "Stop export",
  stopImport: "Stop import",
  stopping: "Stopping",
  closing: {
    export: {
      title: "Stop the export and close?",
      text: "The archive is not complete yet. If you close now, nothing of it stays.",
    },
    import: {
      title: "Stop the import and close?",
      text: "The buckets are not all in yet. If you close now, none of them stays.",
    },
    close: "Stop and close",
    stay: "Keep open",
  },
};
