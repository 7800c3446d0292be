import type { ChartMarkKind } from '../../src/documents/chartMark.ts';

/** The colours of the editor's theme, for a canvas, which knows no variables. */
export interface Theme {
  readonly ink: string;
  readonly faint: string;
  readonly background: string;
  readonly font: string;
  readonly lines: readonly string[];
  readonly marks: Readonly<Record<ChartMarkKind, string>>;
}

const lineVariables = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'] as const;

/** What the variables of the theme are now; what a theme leaves out is the colour of text. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const ink = style.color;
  const colour = (name: string): string => style.getPropertyValue(name).trim() || ink;
  const chart = (name: string): string => colour(`--vscode-charts-${name}`);
  return {
    ink,
    faint: chart('lines'),
    background: style.backgroundColor,
    font: `12px ${style.fontFamily}`,
    lines: lineVariables.map(chart),
    marks: {
      impactStart: chart('red'),
      detected: chart('red'),
      deploy: chart('blue'),
      configuration: chart('yellow'),
      mitigationStarted: chart('green'),
      mitigationFinished: chart('green'),
      update: chart('purple'),
      impactEnd: chart('red'),
      resolved: chart('green'),
    },
  };
}

/** Tells when the theme changes: VS Code then sets variables of the root and classes of the body. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['style', 'class'] });
}
