/** The words of the panel, in the person's language; `{0}` stands for what is filled in. */
export interface PanelWords {
  readonly unit: string;
  readonly times: string;
  readonly source: string;
  readonly showTable: string;
  readonly showChart: string;
  readonly exportChart: string;
  readonly exportAgain: string;
  readonly openDashboard: string;
  readonly investigate: string;
  readonly marks: string;
  readonly noMarks: string;
  readonly marksOutside: string;
  readonly linesLeftOut: string;
  readonly time: string;
  readonly whatHappened: string;
  readonly keys: string;
  readonly noValues: string;
  readonly last: string;
  readonly at: string;
}

/** A word with what is filled in. */
export function filled(word: string, ...values: readonly (string | number)[]): string {
  return word.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}
