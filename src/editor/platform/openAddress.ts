import * as vscode from 'vscode';

/**
 * Opens an http or https address outside VS Code. As it is: a Uri would decode what stands encoded in a query, and a service
 * named `a&b` would become two parameters. VS Code takes a text, too, though its types do not say so.
 */
export async function openAddress(link: string): Promise<boolean> {
  const uri = vscode.Uri.parse(link, true);
  const isKept = encodeURI(uri.toString(true)) === link;
  return vscode.env.openExternal(isKept ? uri : (link as unknown as vscode.Uri));
}
