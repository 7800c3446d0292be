/** A text as a string of PromQL, in quotation marks: whatever is in it stays text. */
export function promqlText(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

/** A text as a regular expression of PromQL (RE2) that matches it alone; still to be put into `promqlText`. */
export function promqlPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
