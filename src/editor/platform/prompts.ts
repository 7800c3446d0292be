import * as vscode from 'vscode';

/** A prompt's answer; `back` when the person went a step back. */
export type Answer<T> =
  { readonly kind: 'answer'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'cancelled' };

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

export interface StepOptions {
  readonly title: string;
  readonly step?: number;
  readonly steps?: number;
  readonly buttons?: readonly {
    readonly button: vscode.QuickInputButton;
    run(input: Pick<vscode.QuickInput, 'title'>): void | Promise<void>;
  }[];
}

/** Between two prompts of one gesture there is a moment without any: only after this long a person is done. */
const settledAfterMs = 500;
let openPrompts = 0;
const stoppedPrompting = new vscode.EventEmitter<void>();

/** Fires when a person is done with our prompts: what had to wait may be shown. */
export const onDidStopPrompting = stoppedPrompting.event;

/** Words that led to nothing yet: the prompt was left, or what it was for failed. By what `StepOptions` tells of the prompt. */
const unfinished = new Map<string, string>();

/** To be called when what was asked for is done: the next prompts begin empty. */
export function forgetTyped(): void {
  unfinished.clear();
}

/** True while a person is at our prompts: a reminder must not come over them. */
export function isPrompting(): boolean {
  return openPrompts > 0;
}

/**
 * Asks for a line of text. `validate` gives what is wrong with it, or undefined; `describe` what it means, shown while a
 * person types. What was typed comes back when the prompt opens again before the work was done.
 */
export function askText(
  options: StepOptions & {
    readonly prompt: string;
    readonly placeholder?: string;
    readonly value?: string;
    /** Under which name the words are kept; the title and the prompt by default. */
    readonly rememberAs?: string;
    /** A secret: not shown, and not kept for the next time. */
    readonly password?: boolean;
    validate?(text: string): string | undefined;
    describe?(text: string): string | undefined;
  },
): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  input.prompt = options.prompt;
  input.placeholder = options.placeholder;
  const { password = false } = options;
  input.password = password;
  const memory = options.rememberAs ?? `${options.title}|${options.prompt}`;
  input.value = (password ? undefined : unfinished.get(memory)) ?? options.value ?? '';
  input.valueSelection = [0, input.value.length];
  const describe = (): void => {
    const meaning = options.describe?.(input.value);
    input.prompt = meaning === undefined ? options.prompt : `${options.prompt} → ${meaning}`;
  };
  describe();
  return show(input, options, (finish) => {
    input.onDidChangeValue((text) => {
      if (!password) unfinished.set(memory, text);
      input.validationMessage = undefined;
      describe();
    });
    input.onDidAccept(() => {
      const wrong = options.validate?.(input.value);
      if (wrong === undefined) finish({ kind: 'answer', value: input.value.trim() });
      else input.validationMessage = wrong;
    });
  });
}

/** Asks to choose one. With `custom`, what was typed and matches nothing is an answer too. */
export function askChoice<T>(
  options: StepOptions & {
    readonly placeholder: string;
    readonly choices: readonly (Choice<T> | vscode.QuickPickItem)[];
    readonly active?: T;
    readonly custom?: (text: string) => Choice<T>;
    /** A person walks through the list: this one is under the cursor now. */
    onActive?(value: T): void;
    /** A button of a choice was pressed; the list stays open as far as the button's work leaves it. */
    onButton?(value: T): void;
  },
): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem>();
  pick.placeholder = options.placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = options.choices;
  const active = options.choices.find((choice) => 'value' in choice && choice.value === options.active);
  if (active !== undefined && options.active !== undefined) pick.activeItems = [active];
  return show(pick, options, (finish) => {
    const { custom } = options;
    if (custom !== undefined) {
      pick.onDidChangeValue((text) => {
        const known = options.choices.some(({ label }) => label.toLowerCase() === text.trim().toLowerCase());
        pick.items = text.trim() === '' || known ? options.choices : [...options.choices, custom(text.trim())];
      });
    }
    if (options.onActive !== undefined) {
      // VS Code tells nothing of an entry that was made active before the list was shown.
      if (options.active !== undefined) options.onActive(options.active);
      pick.onDidChangeActive(([item]) => {
        if (item !== undefined && 'value' in item) options.onActive?.((item as Choice<T>).value);
      });
    }
    if (options.onButton !== undefined) {
      pick.onDidTriggerItemButton(({ item }) => {
        if ('value' in item) options.onButton?.((item as Choice<T>).value);
      });
    }
    pick.onDidAccept(() => {
      const chosen = pick.selectedItems[0];
      if (chosen !== undefined && 'value' in chosen) finish({ kind: 'answer', value: (chosen as Choice<T>).value });
    });
  });
}

/** Asks to choose several; none is an answer too. */
export function askChoices<T>(
  options: StepOptions & {
    readonly placeholder: string;
    readonly choices: readonly Choice<T>[];
    readonly selected?: readonly T[];
  },
): Promise<Answer<readonly T[]>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.placeholder = options.placeholder;
  pick.canSelectMany = true;
  pick.items = options.choices;
  pick.selectedItems = options.choices.filter(({ value }) => options.selected?.includes(value));
  return show(pick, options, (finish) => {
    pick.onDidAccept(() => {
      finish({ kind: 'answer', value: pick.selectedItems.map(({ value }) => value) });
    });
  });
}

/** The value of an answer; undefined when there is none. */
export function valueOf<T>(answer: Answer<T>): T | undefined {
  return answer.kind === 'answer' ? answer.value : undefined;
}

function show<T>(
  input: vscode.QuickInput & {
    buttons: readonly vscode.QuickInputButton[];
    onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
  },
  options: StepOptions,
  listen: (finish: (answer: Answer<T>) => void) => void,
): Promise<Answer<T>> {
  input.title = options.title;
  if (options.step !== undefined) input.step = options.step;
  if (options.steps !== undefined) input.totalSteps = options.steps;
  input.ignoreFocusOut = true;
  const extra = options.buttons ?? [];
  input.buttons = [
    ...((options.step ?? 1) > 1 ? [vscode.QuickInputButtons.Back] : []),
    ...extra.map(({ button }) => button),
  ];
  return new Promise((resolve) => {
    openPrompts++;
    let done = false;
    const finish = (answer: Answer<T>): void => {
      if (done) return;
      done = true;
      setTimeout(() => {
        openPrompts--;
        if (openPrompts === 0) stoppedPrompting.fire();
      }, settledAfterMs);
      resolve(answer);
      input.dispose();
    };
    input.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) finish({ kind: 'back' });
      else void extra.find((candidate) => candidate.button === button)?.run(input);
    });
    input.onDidHide(() => {
      finish({ kind: 'cancelled' });
    });
    listen(finish);
    input.show();
  });
}
