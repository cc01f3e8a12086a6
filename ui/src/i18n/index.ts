/**
 * Every visible word. A catalogue is a typed object with one section per feature; a text that depends on values is a
 * function, and plurals are made by `plural`. Another language is another object of the same type.
 */
import { data } from "./en/data";
import { drop } from "./en/drop";
import { files } from "./en/files";
import { access } from "./en/access";
import { archive } from "./en/archive";
import { browser } from "./en/browser";
import { bucket } from "./en/bucket";
import { common } from "./en/common";
import { forms } from "./en/forms";
import { policy } from "./en/policy";
import { settings } from "./en/settings";
import { share } from "./en/share";
import { shell } from "./en/shell";
import { transfers } from "./en/transfers";
import { trash } from "./en/trash";
import { webhooks } from "./en/webhooks";

export const words = {
  common,
  forms,
  access,
  policy,
  share,
  browser,
  shell,
  bucket,
  settings,
  trash,
  files,
  drop,
  transfers,
  data,
  webhooks,
  archive,
};
