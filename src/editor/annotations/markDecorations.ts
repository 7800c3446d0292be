import * as vscode from 'vscode';
import type { DocumentMark } from './markedDocuments.ts';

/**
 * Draws marks in gutter and overview ruler: a bar for what changed, a triangle where lines were removed. What does not run
 * is an outline, and is not in the overview ruler: it is no suspect.
 */
export interface MarkDecorations {
  draw(editor: vscode.TextEditor, marks: readonly DocumentMark[]): void;
  /** Takes every mark away. */
  dispose(): void;
}

const shapes = ['changed', 'removed-above', 'removed-below'] as const;

export function createMarkDecorations(extensionUri: vscode.Uri): MarkDecorations {
  const types = new Map(
    shapes.flatMap((shape) => {
      const color = shape === 'changed' ? 'mayday.changedLineForeground' : 'mayday.removedLinesForeground';
      return [
        [shape, decoration(extensionUri, shape, new vscode.ThemeColor(color))],
        [`pending-${shape}`, decoration(extensionUri, `pending-${shape}`)],
      ] as const;
    }),
  );
  return {
    draw: (editor, marks) => {
      for (const [shape, type] of types) {
        const ranges = marks
          .filter((mark) => shapeOf(mark) === shape)
          .map(({ mark: { start, end } }) => new vscode.Range(start, 0, end, 0));
        editor.setDecorations(type, ranges);
      }
    },
    dispose: () => {
      for (const type of types.values()) type.dispose();
    },
  };
}

function shapeOf({ mark: { kind, isAtEnd }, found: { isPending } }: DocumentMark): string {
  const shape = kind === 'changed' ? 'changed' : isAtEnd ? 'removed-below' : 'removed-above';
  return isPending ? `pending-${shape}` : shape;
}

function decoration(
  extensionUri: vscode.Uri,
  shape: string,
  color?: vscode.ThemeColor,
): vscode.TextEditorDecorationType {
  const icon = (theme: 'dark' | 'light'): vscode.Uri =>
    vscode.Uri.joinPath(extensionUri, 'media', 'marks', `${shape}-${theme}.svg`);
  return vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    ...(color === undefined ? {} : { overviewRulerColor: color, overviewRulerLane: vscode.OverviewRulerLane.Center }),
    gutterIconSize: 'contain',
    dark: { gutterIconPath: icon('dark') },
    light: { gutterIconPath: icon('light') },
  });
}
