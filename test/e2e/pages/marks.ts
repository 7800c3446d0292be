import type { Page } from 'playwright-core';
import { contains, eventually, type Match } from './eventually.ts';
import type { PageElement } from './list.ts';

/** What is drawn beside the lines of the active editor, and what is said of them. */
export interface Marks {
  /** Waits for a glyph in the gutter whose picture is of this name, and gives how many lines in sight have it. */
  readonly glyphs: (picture: Match) => Promise<number>;
  /** How many points of the overview ruler have a colour, `#rrggbb`. */
  readonly rulerPoints: (colour: string) => Promise<number>;
  /** Shows the hover at the cursor, and gives its text once it contains this. */
  readonly hover: (text: Match) => Promise<string>;
  /** Follows a link of the hover that is shown. */
  readonly followLink: (title: string) => Promise<void>;
  /** Waits until a file in the Explorer tells this, and gives all that a screen reader says of it. */
  readonly explorerFile: (name: string, told: Match) => Promise<string>;
}

export function marksOf(page: Page): Marks {
  const editor = page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  const hover = page.locator(
    '.monaco-hover:not(.hidden) .monaco-hover-content, .monaco-resizable-hover .monaco-hover-content',
  );
  const pictures = (): Promise<string[]> => editor.locator('.glyph-margin-widgets > *').evaluateAll(readPictures);
  return {
    glyphs: (picture) =>
      eventually(
        `a glyph ${String(picture)}`,
        async () => {
          const { length } = (await pictures()).filter((one) => contains(one, picture));
          return length > 0 ? length : undefined;
        },
        pictures,
      ),
    rulerPoints: (colour) => editor.locator('canvas.decorationsOverviewRuler').first().evaluate(countPoints, colour),
    hover: async (text) => {
      await page.keyboard.press('ControlOrMeta+K');
      await page.keyboard.press('ControlOrMeta+I');
      return eventually(`a hover with ${String(text)}`, async () => {
        const all = (await hover.allInnerTexts()).join('\n');
        return contains(all, text) ? all : undefined;
      });
    },
    followLink: (title) => hover.locator('a', { hasText: title }).first().click(),
    explorerFile: async (name, told) => {
      const row = page.locator('.explorer-viewlet .monaco-list-row', { has: page.getByText(name, { exact: true }) });
      const say = async (): Promise<string> => {
        const said = await row.first().evaluate(readEverythingSaid);
        return said.replaceAll(/\s+/g, ' ');
      };
      return eventually(
        `${name} in the Explorer with ${String(told)}`,
        async () => {
          const said = await say();
          return contains(said, told) ? said : undefined;
        },
        say,
      );
    },
  };
}

interface StyledElement extends PageElement {
  readonly ownerDocument: { readonly defaultView: { getComputedStyle(element: unknown): { backgroundImage: string } } };
}

/** Runs in the page. */
function readPictures(elements: readonly PageElement[]): string[] {
  return (elements as readonly StyledElement[]).map(
    (element) => element.ownerDocument.defaultView.getComputedStyle(element).backgroundImage,
  );
}

interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: ArrayLike<number> } };
}

/** Runs in the page. */
function countPoints(element: unknown, colour: string): number {
  const canvas = element as Canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (wanted.every((value, index) => Math.abs((data[at + index] ?? 0) - value) < 8)) count++;
  }
  return count;
}

/** Runs in the page. */
function readEverythingSaid(row: PageElement): string {
  const label = row.querySelector('.monaco-icon-label');
  return [row.getAttribute('aria-label'), label?.getAttribute('aria-label'), label?.getAttribute('title')]
    .filter(Boolean)
    .join(' | ');
}
