import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Suggestion } from '../../config/assist/completeConfiguration.ts';
import { completeConfiguration } from '../../config/assist/completeConfiguration.ts';
import { explainConfiguration } from '../../config/assist/explainConfiguration.ts';
import type { JsonSchema } from '../../config/assist/jsonSchemaAt.ts';
import type { Diagnostic } from '../../config/diagnostic.ts';
import { parseConfiguration } from '../../config/parseConfiguration.ts';
import { escapeMarkdown } from '../../safety/escapeMarkdown.ts';
import { timeZone } from '../platform/settings.ts';
import { configurationFixes } from './configurationFixes.ts';

/** What is said and offered in mayday.yaml while a person writes it. */
export interface ConfigurationHelp {
  complete(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[];
  hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined;
  fixes(document: vscode.TextDocument, range: vscode.Range, shown: readonly vscode.Diagnostic[]): vscode.CodeAction[];
}

/** Reads the schema that comes with Mayday, and answers from the text as it stands in the editor. */
export async function createConfigurationHelp(extensionUri: vscode.Uri): Promise<ConfigurationHelp> {
  const schemaFile = vscode.Uri.joinPath(extensionUri, 'media/mayday.schema.json');
  const schema = JSON.parse(await readFile(schemaFile.fsPath, 'utf8')) as JsonSchema;
  let last: { readonly version: string; readonly parsed: ReturnType<typeof parseConfiguration> } | undefined;
  const parsed = (document: vscode.TextDocument): ReturnType<typeof parseConfiguration> => {
    const version = `${document.uri.toString()} ${String(document.version)}`;
    if (last?.version !== version) last = { version, parsed: parseConfiguration(document.getText(), timeZone()) };
    return last.parsed;
  };
  return {
    complete: (document, position) => {
      const { start, end, suggestions } = completeConfiguration(
        document.getText(),
        document.offsetAt(position),
        schema,
      );
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const wanted = knowsSchema(document) ? suggestions.filter(({ kind }) => kind === 'reference') : suggestions;
      return wanted.map((suggestion, index) => item(suggestion, range, index));
    },
    hover: (document, position) => {
      const { configuration } = parsed(document);
      const said = explainConfiguration(document.getText(), document.offsetAt(position), schema, configuration);
      if (said === undefined) return undefined;
      const range = new vscode.Range(document.positionAt(said.start), document.positionAt(said.end));
      const description = knowsSchema(document) ? undefined : said.description;
      const now =
        said.inForce === undefined ? undefined : vscode.l10n.t('In force: {0}', escapeMarkdown(said.inForce, 500));
      const parts = [description, now].filter((part) => part !== undefined);
      return parts.length === 0
        ? undefined
        : new vscode.Hover(
            parts.map((part) => new vscode.MarkdownString(part)),
            range,
          );
    },
    fixes: (document, range, shown) => {
      const found = parsed(document).diagnostics.filter((one) => rangeOf(one).intersection(range) !== undefined);
      return found.flatMap((one) => configurationFixes(document, one, rangeOf(one), shown));
    },
  };
}

const kinds: Readonly<Record<Suggestion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  reference: vscode.CompletionItemKind.Reference,
};

function item(
  { label, kind, description, insert }: Suggestion,
  range: vscode.Range,
  index: number,
): vscode.CompletionItem {
  const made = new vscode.CompletionItem(label, kinds[kind]);
  // A dollar sign of a name is no place to go on.
  made.insertText = insert.includes('$1') ? new vscode.SnippetString(insert) : insert;
  made.range = range;
  made.sortText = String(index).padStart(4, '0');
  if (description !== undefined) made.documentation = new vscode.MarkdownString(description);
  if (kind === 'key')
    made.command = { title: vscode.l10n.t('Suggest Values'), command: 'editor.action.triggerSuggest' };
  return made;
}

function rangeOf({ line, column, endLine, endColumn }: Diagnostic): vscode.Range {
  return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}

/** Red Hat's YAML extension offers and explains what the schema says where package.json tells it to (`yamlValidation`). */
function knowsSchema({ uri }: vscode.TextDocument): boolean {
  return (
    uri.path.endsWith('/.incidents/mayday.yaml') && vscode.extensions.getExtension('redhat.vscode-yaml') !== undefined
  );
}
