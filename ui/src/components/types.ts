/** Types that several components share. */
import type { LucideIcon } from "@lucide/svelte";

export type IconType = LucideIcon;

/** One line of a menu, or a dividing line. */
export type MenuItem =
  | {
      label: string;
      icon?: IconType;
      /** The key that does the same, as people write it: Ctrl Shift C. */
      keys?: string;
      danger?: boolean;
      run: () => unknown;
    }
  | "line";

/** One of the choices of a select, a segmented control or a radio group. */
export interface Option<V extends string = string> {
  value: V;
  label: string;
  hint?: string;
  icon?: IconType;
}
