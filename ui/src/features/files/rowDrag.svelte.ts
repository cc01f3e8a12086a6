/**
 * Dragging rows onto a folder with the pointer. Files that come from outside are another matter (the drop feature): the
 * system's drags and these never meet, as this one is made of pointer events alone.
 */
import type { Row } from "./rows";

/** How far the pointer goes before a press becomes a drag. */
const SLACK = 6;

class RowDrag {
  /** What is dragged, or null. */
  rows = $state.raw<readonly Row[] | null>(null);
  /** Path of the folder under the pointer that would take it, or null. */
  target = $state<string | null>(null);
  x = $state(0);
  y = $state(0);

  has(key: string): boolean {
    return this.rows?.some((row) => row.key === key) ?? false;
  }

  /** Follows the pointer after a press on a row. `rows` is asked once it is a drag; `drop` gets the folder. */
  begin(
    press: PointerEvent,
    rows: () => readonly Row[],
    drop: (rows: readonly Row[], path: string, name: string) => unknown,
  ): void {
    const { clientX, clientY } = press;
    let place: HTMLElement | null = null;

    const over = (event: PointerEvent): void => {
      if (!this.rows) {
        if (Math.hypot(event.clientX - clientX, event.clientY - clientY) < SLACK) return;
        const dragged = rows();
        if (dragged.length === 0) return end();
        this.rows = dragged;
      }
      [this.x, this.y] = [event.clientX, event.clientY];
      place = document.elementFromPoint(this.x, this.y)?.closest<HTMLElement>("[data-move-to]") ?? null;
      const path = place?.dataset["moveTo"];
      this.target = path === undefined || this.has(`f:${path}`) ? null : path;
    };
    const up = (): void => {
      const [dragged, target, name] = [this.rows, this.target, place?.dataset["moveName"] ?? ""];
      end();
      if (dragged && target !== null) drop(dragged, target, name);
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || !this.rows) return;
      event.stopPropagation();
      end();
    };
    const end = (): void => {
      [this.rows, this.target] = [null, null];
      window.removeEventListener("pointermove", over);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", end);
      window.removeEventListener("keydown", key, true);
    };
    window.addEventListener("pointermove", over);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", end);
    window.addEventListener("keydown", key, true);
  }
}

export const rowDrag = new RowDrag();
