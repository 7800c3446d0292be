import * as vscode from 'vscode';

/** What a person types into a box, or the label of what they choose. */
type Reply = string | RegExp;

/**
 * Answers the prompts that come while `run` goes on, in their order. There is nobody at the keyboard of this host; that the
 * real boxes work is shown end to end. Resolves with the questions that were asked.
 */
export async function answerPrompts(
  replies: readonly Reply[],
  run: () => Promise<unknown>,
): Promise<readonly string[]> {
  const window = vscode.window as { createInputBox: unknown; createQuickPick: unknown };
  const { createInputBox, createQuickPick } = window;
  const left = [...replies];
  const asked: string[] = [];
  const create = (): FakePrompt => createFakePrompt(left, asked);
  window.createInputBox = create;
  window.createQuickPick = create;
  try {
    await run();
  } finally {
    window.createInputBox = createInputBox;
    window.createQuickPick = createQuickPick;
  }
  return asked;
}

interface FakePrompt {
  prompt?: string;
  placeholder?: string;
  value: string;
  items: readonly vscode.QuickPickItem[];
  selectedItems: readonly vscode.QuickPickItem[];
  validationMessage?: string;
  [event: `on${string}`]: (listener: () => void) => vscode.Disposable;
  show(): void;
  dispose(): void;
}

function createFakePrompt(left: Reply[], asked: string[]): FakePrompt {
  const accepted: (() => void)[] = [];
  const nothing = (): vscode.Disposable => new vscode.Disposable(() => undefined);
  return {
    value: '',
    items: [],
    selectedItems: [],
    onDidAccept: (listener) => {
      accepted.push(listener);
      return nothing();
    },
    onDidChangeValue: nothing,
    onDidChangeActive: nothing,
    onDidHide: nothing,
    onDidTriggerButton: nothing,
    onDidTriggerItemButton: nothing,
    dispose: () => undefined,
    show() {
      asked.push(this.prompt ?? this.placeholder ?? '');
      const reply = left.shift();
      if (reply === undefined) throw new Error(`Nobody answers “${asked.at(-1) ?? ''}”.`);
      if (typeof reply === 'string') this.value = reply;
      this.selectedItems = this.items.filter(({ label }) =>
        typeof reply === 'string' ? label === reply : reply.test(label),
      );
      setTimeout(() => {
        for (const listener of accepted) listener();
      });
    },
  };
}
