/** Numbers, sizes, dates and kinds in the words of the window. */
export { count, plural } from "./number";
export { exactSize, limit, limitParts, rate, size, unitBytes, type LimitUnit } from "./size";
export { date, dateTime, span, time, timeLeft } from "./time";
export { fileKind, type FileKind } from "./kind";
