import * as vscode from 'vscode';

/**
 * What a person types into a box; the label of what they choose; a button, by its tooltip, that they press and go on at the same
 * prompt; or one that leads away from it.
 */
type Reply = string | RegExp | { readonly press: RegExp } | { readonly leaveBy: RegExp };

/**
 * Answers the prompts that come while `run` goes on, in their order. There is nobody at the keyboard of this host; that the
 * real boxes work is shown end to end. Resolves with the questions that were asked, and what was wrong with an answer.
 */
export async function answerPrompts(
  replies: readonly Reply[],
  run: () => Promise<unknown>,
): Promise<readonly string[]> {
  const window = vscode.window as { createInputBox: unknown; createQuickPick: unknown };
  const { createInputBox, createQuickPick } = window;
  const left = [...replies];
  const asked: string[] = [];
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  const create = (): FakePrompt => createFakePrompt(left, asked, fail);
  window.createInputBox = create;
  window.createQuickPick = create;
  try {
    await Promise.race([run(), failed]);
  } finally {
    window.createInputBox = createInputBox;
    window.createQuickPick = createQuickPick;
  }
  return asked;
}

interface FakePrompt {
  prompt?: string;
  placeholder?: string;
  title?: string;
  value: string;
  buttons: readonly vscode.QuickInputButton[];
  items: readonly vscode.QuickPickItem[];
  selectedItems: readonly vscode.QuickPickItem[];
  validationMessage: string | undefined;
  [event: `on${string}`]: (listener: (argument: never) => void) => vscode.Disposable;
  show(): void;
  dispose(): void;
}

function createFakePrompt(left: Reply[], asked: string[], fail: (error: unknown) => void): FakePrompt {
  const listeners = new Map<string, ((argument: never) => void)[]>();
  const on =
    (event: string) =>
    (listener: (argument: never) => void): vscode.Disposable => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return new vscode.Disposable(() => undefined);
    };
  const fire = (event: string, argument?: unknown): void => {
    for (const listener of listeners.get(event) ?? []) listener(argument as never);
  };
  const answer = (prompt: FakePrompt): void => {
    const reply = left.shift();
    if (reply === undefined) throw new Error(`Nobody answers “${asked.at(-1) ?? ''}”.`);
    if (typeof reply === 'string' || reply instanceof RegExp) {
      if (typeof reply === 'string') {
        prompt.value = reply;
        fire('value', reply);
      }
      prompt.selectedItems = prompt.items.filter(({ label }) =>
        typeof reply === 'string' ? label === reply : reply.test(label),
      );
      if (prompt.items.length > 0 && prompt.selectedItems.length === 0) {
        const labels = prompt.items.map(({ label }) => label).join(', ');
        throw new Error(`“${asked.at(-1) ?? ''}” has no ${String(reply)} among ${labels}.`);
      }
      fire('accept');
      if (prompt.validationMessage === undefined) return;
      asked.push(prompt.validationMessage);
      prompt.validationMessage = undefined;
      answer(prompt);
      return;
    }
    const tooltip = 'press' in reply ? reply.press : reply.leaveBy;
    fire(
      'button',
      prompt.buttons.find((button) => tooltip.test(button.tooltip ?? '')),
    );
    if ('press' in reply) answer(prompt);
    else fire('hide');
  };
  return {
    value: '',
    buttons: [],
    items: [],
    selectedItems: [],
    validationMessage: undefined,
    onDidAccept: on('accept'),
    onDidChangeValue: on('value'),
    onDidChangeActive: on('active'),
    onDidHide: on('hide'),
    onDidTriggerButton: on('button'),
    onDidTriggerItemButton: on('itemButton'),
    dispose: () => undefined,
    show() {
      asked.push(this.prompt ?? this.placeholder ?? '');
      setTimeout(() => {
        try {
          answer(this);
        } catch (error) {
          fail(error);
        }
      });
    },
  };
}
