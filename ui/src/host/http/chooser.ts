/** The browser's own dialogs for files and folders. */
import type { Given } from "./sources";

/** Asks for files, or for a folder with all that is in it; nothing if the person chose none. */
export function choose(folder: boolean): Promise<Given[]> {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = !folder;
  input.webkitdirectory = folder;
  input.hidden = true;
  document.body.append(input);
  return new Promise((resolve) => {
    const end = (): void => {
      input.remove();
      resolve([...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
    };
    input.addEventListener("change", end);
    input.addEventListener("cancel", end);
    input.click();
  });
}
