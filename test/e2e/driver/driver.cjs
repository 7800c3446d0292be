const { Buffer } = require('node:buffer');
const { appendFileSync, existsSync, renameSync, writeFileSync } = require('node:fs');
const vscode = require('vscode');

exports.activate = (context) => {
  const commands = {
    /**
     * Asks for `{ command, args, answer }`, makes the file `answer.begun` and writes to the file `answer` what the command gave:
     * `{ value }` or `{ error }`. Asked the same again, it does nothing.
     */
    'driver.call': async () => {
      const typed = await vscode.window.showInputBox({ title: 'Call a Command', ignoreFocusOut: true });
      if (typed === undefined) return;
      const { command, args, answer } = JSON.parse(typed);
      if (existsSync(`${answer}.begun`)) return;
      writeFileSync(`${answer}.begun`, '');
      const result = await outcomeOf(command, args);
      writeFileSync(`${answer}.part`, JSON.stringify(result));
      renameSync(`${answer}.part`, answer);
    },
    /** What each of several commands gives: `{ value }` or `{ error }`. */
    'driver.callEach': (calls) => Promise.all(calls.map(({ command, args }) => outcomeOf(command, args))),
    /** Adds notes without end, one after the other. Appends the text of each to a file once its command has succeeded. */
    'driver.addEndlessly': ({ incident, prefix, succeeded }) => {
      void (async () => {
        for (let count = 1; ; count++) {
          const text = `${prefix} ${count}`;
          await vscode.commands.executeCommand('mayday.addNote', { incident, text });
          appendFileSync(succeeded, `${text}\n`);
        }
      })();
    },
    /** Adds a note for each text, one after the other. */
    'driver.addEach': async ({ incident, texts }) => {
      for (const text of texts) await vscode.commands.executeCommand('mayday.addNote', { incident, text });
    },
    'driver.readFile': async (parts) => {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.from(parts));
      return Buffer.from(bytes).toString();
    },
    'driver.isTrusted': () => vscode.workspace.isTrusted,
  };
  for (const [id, run] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
};

function outcomeOf(command, args) {
  return vscode.commands.executeCommand(command, ...args).then(
    (value) => ({ value }),
    (error) => ({ error: `${error.message} ${error.hint ?? ''}`.trim() }),
  );
}
