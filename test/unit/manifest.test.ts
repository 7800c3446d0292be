import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ContextValues } from '../../src/contributions.ts';
import { commandIds, draftFile, settingDefaults, viewIds } from '../../src/contributions.ts';
import { sampleAlertRows } from '../support/builders/alerts.ts';
import { flattened, sampleActionItemRows, sampleIncidentRows } from '../support/builders/sampleRows.ts';
import { localized, manifest, manifestText, strings } from '../support/manifest.ts';
import { projectRoot } from '../support/run.mjs';
import { parseWhen } from '../support/whenClause.ts';

const { commands, keybindings, menus, views, viewsWelcome, configuration, walkthroughs } = manifest.contributes;
const allViews = Object.values(views).flat();
const menuItems = Object.entries(menus).flatMap(([menu, items]) => items.map((item) => ({ menu, ...item })));
const properties = Object.assign(
  {},
  ...configuration.map((part) => part.properties),
) as (typeof configuration)[number]['properties'];

/** Names of the icons that the oldest supported VS Code has. */
const codicons = new Set(readFileSync(join(projectRoot, 'test/support/codicons.txt'), 'utf8').split('\n'));

/** Every own context key with the values it can have; the compiler keeps it complete. */
const contextValues: { readonly [K in keyof ContextValues]: readonly ContextValues[K][] } = {
  'mayday:state': ['loading', 'ready', 'error'],
  'mayday:alerts': ['loading', 'none', 'ready'],
  'mayday:place': ['git', 'storage'],
  'mayday:active': [true, false],
  'mayday:drill': [true, false],
  'mayday:marks': [true, false],
};

/** Context keys of VS Code itself that clauses may ask. */
const vscodeKeys = [
  'editorHasSelection',
  'editorTextFocus',
  'isWorkspaceTrusted',
  'resourcePath',
  'view',
  'viewItem',
  'workspaceFolderCount',
];

/** Commands that are about a row, a document or an event, and cannot ask which. */
const contextOnly = [
  'mayday.openCommit',
  'mayday.openChangeGroup',
  'mayday.openFileChange',
  'mayday.pinDifference',
  'mayday.editActionItem',
  'mayday.completeActionItem',
  'mayday.reopenActionItem',
  'mayday.dropActionItem',
  'mayday.openEvent',
  'mayday.openDocument',
  'mayday.openLink',
];

const clauses = [
  ...commands.flatMap(({ command, enablement }) => clauseOf(`enablement of ${command}`, enablement)),
  ...keybindings.flatMap(({ command, when }) => clauseOf(`keybinding of ${command}`, when)),
  ...menuItems.flatMap(({ menu, command, when, group = '' }) => clauseOf(`${menu} ${command} ${group}`, when)),
  ...viewsWelcome.flatMap(({ contents, when }) => clauseOf(`welcome ${contents}`, when)),
  ...allViews.flatMap(({ id, when }) => clauseOf(`view ${id}`, when)),
];

function clauseOf(of: string, when: string | undefined): readonly { readonly of: string; readonly when: string }[] {
  return when === undefined ? [] : [{ of, when }];
}

describe('commands', () => {
  it('are those of contributions.ts', () => {
    expect(commands.map(({ command }) => command).sort()).toEqual([...commandIds].sort());
  });

  it('have title, category and an icon that VS Code has', () => {
    const lacking = commands.filter(
      ({ title, category = '', icon = '' }) =>
        !/^\p{Lu}[^%]+$/u.test(localized(title)) ||
        localized(category) !== 'Incident' ||
        !codicons.has(/^\$\(([a-z0-9-]+)\)$/.exec(icon)?.[1] ?? 'none'),
    );
    expect(lacking).toEqual([]);
  });

  it('have a title of their own each', () => {
    const titles = commands.map(({ title }) => localized(title));
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('are named wherever something refers to one', () => {
    const links = Object.values(strings).flatMap((text) => [...text.matchAll(/\(command:([^)?]+)/g)]);
    const events = walkthroughs.flatMap(({ steps }) => steps).flatMap((step) => step.completionEvents ?? []);
    const named = [
      ...menuItems.map(({ command }) => command),
      ...keybindings.map(({ command }) => command),
      ...links.map(([, id]) => id!).filter((id) => id.startsWith('mayday.')),
      ...events.filter((event) => event.startsWith('onCommand:')).map((event) => event.slice('onCommand:'.length)),
    ];
    expect(named.filter((id) => !(commandIds as readonly string[]).includes(id))).toEqual([]);
  });

  it('of VS Code are the only others that links run', () => {
    const links = Object.values(strings).flatMap((text) => [...text.matchAll(/\(command:([^)?]+)/g)]);
    const others = links.map(([, id]) => id!).filter((id) => !id.startsWith('mayday.'));
    expect([...new Set(others)].sort()).toEqual(['vscode.openFolder', 'workbench.trust.manage']);
  });
});

describe('the palette', () => {
  const palette = new Map(menus['commandPalette']?.map(({ command, when = '' }) => [command, when]));

  it('hides the commands that need a row, and no others', () => {
    expect([...palette].filter(([, when]) => when === 'false').map(([command]) => command)).toEqual(
      expect.arrayContaining(contextOnly),
    );
    expect([...palette].filter(([, when]) => when === 'false')).toHaveLength(contextOnly.length);
  });

  it('hides in Restricted Mode what is refused there', () => {
    const shown = commands
      .filter(({ enablement, command }) => enablement !== undefined && !contextOnly.includes(command))
      .filter(({ command }) =>
        parseWhen(palette.get(command) ?? 'true').holds(everything({ isWorkspaceTrusted: false })),
      );
    expect(shown.map(({ command }) => command)).toEqual([]);
  });
});

describe('strings', () => {
  const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!);

  it('all exist', () => {
    expect(used.filter((key) => strings[key] === undefined)).toEqual([]);
  });

  it('are all used', () => {
    expect(Object.keys(strings).filter((key) => !used.includes(key))).toEqual([]);
  });

  it('are the only words that contributions show', () => {
    const shown = [
      ...manifestText.matchAll(
        /"(?:title|category|name|contents|description|markdownDescription|altText)": "([^"]+)"/g,
      ),
    ].map(([, text]) => text!);
    expect(shown.filter((text) => !/^%.+%$/.test(text))).toEqual(['mayday']);
  });
});

describe('views', () => {
  it('are those of contributions.ts, in one container, each with an icon', () => {
    expect(allViews.map(({ id }) => id).sort()).toEqual(Object.values(viewIds).sort());
    expect(Object.keys(views)).toEqual(manifest.contributes.viewsContainers.activitybar.map(({ id }) => id));
    expect(allViews.length).toBeLessThanOrEqual(3);
    expect(allViews.filter(({ icon }) => icon === undefined)).toEqual([]);
  });

  it('have a welcome each', () => {
    expect([...new Set(viewsWelcome.map(({ view }) => view))].sort()).toEqual(Object.values(viewIds).sort());
  });

  it.each([
    ['untrusted', { isWorkspaceTrusted: false, workspaceFolderCount: 1 }],
    ['none', { workspaceFolderCount: 1, 'mayday:place': 'git' }],
    ['noGit', { workspaceFolderCount: 1, 'mayday:place': 'storage' }],
    ['noFolder', { workspaceFolderCount: 0, 'mayday:place': 'storage' }],
    ['error', { workspaceFolderCount: 1, 'mayday:place': 'git', 'mayday:state': 'error' }],
    ['error', { isWorkspaceTrusted: false, workspaceFolderCount: 1, 'mayday:state': 'error' }],
  ])('the Incidents view welcomes with exactly %s when %o', (name, context) => {
    const shown = viewsWelcome.filter(
      ({ view, when = 'true' }) =>
        view === viewIds.incidents &&
        parseWhen(when).holds({ isWorkspaceTrusted: true, 'mayday:state': 'ready', ...context }),
    );
    expect(shown.map(({ contents }) => contents)).toEqual([`%welcome.${name}%`]);
  });

  it.each([
    ['untrusted', { isWorkspaceTrusted: false }],
    ['untrusted', { isWorkspaceTrusted: false, 'mayday:alerts': 'none' }],
    ['loading', {}],
    ['loading', { 'mayday:alerts': 'loading' }],
    ['none', { 'mayday:alerts': 'none' }],
    ['noFolder', { 'mayday:alerts': 'none', workspaceFolderCount: 0 }],
  ])('the Alerts view welcomes with exactly %s when %o', (name, context) => {
    const shown = viewsWelcome.filter(
      ({ view, when = 'true' }) =>
        view === viewIds.alerts &&
        parseWhen(when).holds({ isWorkspaceTrusted: true, workspaceFolderCount: 1, ...context }),
    );
    expect(shown.map(({ contents }) => contents)).toEqual([`%welcome.alerts.${name}%`]);
  });

  it('have at most three buttons in their title', () => {
    for (const { id } of allViews) {
      const buttons = menus['view/title']?.filter(
        ({ when = '', group = '' }) =>
          group.startsWith('navigation') && parseWhen(when).holds(everything({ view: id })),
      );
      expect(buttons?.length).toBeLessThanOrEqual(3);
    }
  });
});

describe('when clauses', () => {
  it('ask keys that exist', () => {
    const known = [...vscodeKeys, ...Object.keys(contextValues)];
    const asked = clauses.flatMap(({ of, when }) => parseWhen(when).keys.map((key) => ({ of, key })));
    expect(asked.filter(({ key }) => !known.includes(key))).toEqual([]);
  });

  it('compare keys with values that they can have', () => {
    const values: Readonly<Record<string, readonly unknown[]>> = { ...contextValues, view: Object.values(viewIds) };
    const compared = clauses.flatMap(({ of, when }) => parseWhen(when).comparisons.map((one) => ({ of, ...one })));
    const impossible = compared.filter(({ key, value }) => values[key]?.map(String).includes(value) === false);
    expect(impossible).toEqual([]);
  });

  it('recognize a draft where the record keeps it, and no other document', () => {
    const asked = clauses.flatMap(({ when }) => parseWhen(when).patterns.filter(({ key }) => key === 'resourcePath'));
    expect(new Set(asked.map(({ pattern }) => pattern.source))).toEqual(new Set([draftFile.source]));
    expect(asked.length).toBeGreaterThan(0);
    const matched = [
      '/home/ana/checkout/.git/mayday/incidents/2026-11-23-checkout-down/drafts/01K-initial.md',
      'C:\\checkout\\.git\\mayday\\incidents\\2026-11-23-checkout-down\\drafts\\01K-initial.md',
      '/home/ana/.config/Code/User/globalStorage/mayday.mayday/incidents/2026-11-23-checkout-down/drafts/01K-update.md',
      '/home/ana/checkout/.incidents/2026-11-23-checkout-down/post-mortem.md',
      '/home/ana/checkout/drafts/notes.md',
    ].map((path) => draftFile.test(path));
    expect(matched).toEqual([true, true, true, false, false]);
  });
});

describe('menus of rows', () => {
  const rows = [
    ...flattened(sampleIncidentRows()).map((row) => ({ view: viewIds.incidents, row })),
    ...flattened(sampleAlertRows()).map((row) => ({ view: viewIds.alerts, row })),
    ...flattened(sampleActionItemRows()).map((row) => ({ view: viewIds.actionItems, row })),
  ];
  const samples = [
    ...new Map(
      rows.flatMap(({ view, row: { context, command, checked } }) =>
        context === undefined
          ? []
          : [[`${view} ${context}`, { view, context, acts: command !== undefined || checked !== undefined }] as const],
      ),
    ).values(),
  ];
  const itemMenu = menus['view/item/context'] ?? [];
  const itemsOf = (view: string, viewItem: string) =>
    itemMenu.filter(({ when = '' }) => parseWhen(when).holds(everything({ view, viewItem })));

  it('are for rows that can be there', () => {
    const unreachable = itemMenu.filter(({ when = '' }) => {
      const clause = parseWhen(when);
      return !samples.some(({ view, context }) => clause.holds(everything({ view, viewItem: context })));
    });
    expect(unreachable).toEqual([]);
  });

  it('leave no kind of row without something to do', () => {
    const kinds = samples.filter(
      ({ view, context, acts }) =>
        !acts &&
        itemsOf(view, context).length === 0 &&
        !kindsWithFlags(context).some((other) => itemsOf(view, other).length),
    );
    expect(kinds.map(({ context }) => context)).toEqual([]);
  });

  it('show at most three actions in a line, each once', () => {
    for (const { view, context } of samples) {
      const inline = itemsOf(view, context).filter(({ group = '' }) => group.startsWith('inline'));
      expect(inline.length, context).toBeLessThanOrEqual(3);
      expect(new Set(inline.map(({ command }) => command)).size, context).toBe(inline.length);
    }
  });

  it('have icons that VS Code has', () => {
    const ids = rows.flatMap(({ row }) => (row.icon === undefined ? [] : [row.icon.id]));
    expect([...new Set(ids)].filter((id) => !codicons.has(id))).toEqual([]);
  });

  /** The contexts of the same kind of row: a deadline that is met offers nothing, one that is pending does. */
  function kindsWithFlags(context: string): readonly string[] {
    const kind = context.replace(/\+.*$/, '');
    return samples.map((sample) => sample.context).filter((other) => other.replace(/\+.*$/, '') === kind);
  }
});

describe('settings', () => {
  it('have the defaults that the code has', () => {
    const defaults = Object.entries(properties).map(([id, setting]) => [id, setting.default]);
    expect(Object.fromEntries(defaults)).toEqual(settingDefaults);
  });

  it.each(Object.entries(properties))('%s has a scope, and words for itself and its choices', (_, setting) => {
    expect(['machine', 'machine-overridable', 'window', 'resource', 'application']).toContain(setting.scope);
    expect(localized(setting.markdownDescription ?? setting.description ?? '')).toMatch(/^\p{Lu}[^%].+/u);
    const choices = setting.markdownEnumDescriptions ?? setting.enumDescriptions ?? [];
    expect(choices).toHaveLength(setting.enum?.length ?? 0);
  });

  it('that Restricted Mode ignores exist', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(restrictedConfigurations.filter((id) => !(id in properties))).toEqual([]);
  });
});

describe('keybindings', () => {
  it('are unique, and every one has its key on a Mac', () => {
    const keys = keybindings.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const onMac = (key: string): string => key.replace(/^alt\+i /, 'ctrl+cmd+i ').replace(/^ctrl\+(?!cmd)/, 'cmd+');
    expect(keybindings.filter(({ key, mac }) => mac !== onMac(key))).toEqual([]);
  });

  it('leave AltGr alone, which types characters where Ctrl and Alt are held', () => {
    expect(keybindings.filter(({ key }) => /ctrl\+alt|alt\+ctrl/.test(key))).toEqual([]);
  });
});

describe('the walkthrough', () => {
  const [walkthrough] = walkthroughs;

  it('is one, of four or five steps, each of which can be completed', () => {
    expect(walkthroughs).toHaveLength(1);
    expect([4, 5]).toContain(walkthrough?.steps.length);
    for (const { completionEvents = [] } of walkthrough?.steps ?? []) {
      expect(completionEvents).not.toEqual([]);
      for (const event of completionEvents) {
        expect(event).toMatch(/^on(Command|Context|View):/);
        if (event.startsWith('onContext:')) expect(contextValues).toHaveProperty([event.slice('onContext:'.length)]);
        if (event.startsWith('onView:')) expect(Object.values(viewIds)).toContain(event.slice('onView:'.length));
      }
    }
  });

  it.each(walkthrough?.steps ?? [])('$id has a picture in the colours of the theme', ({ media }) => {
    const svg = readFileSync(join(projectRoot, media.svg ?? ''), 'utf8');
    const colours = [...svg.matchAll(/\b(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour!);
    expect(colours.filter((colour) => !/^(none|var\(--vscode-.+\))$/.test(colour))).toEqual([]);
    // The page that shows it allows no style of its own.
    expect(svg).not.toMatch(/<style|\sstyle=|<script|<image|href=/);
    expect(localized(media.altText ?? '')).toMatch(/^\p{Lu}/u);
  });
});

describe('the manifest', () => {
  it('activates after start-up and for what it contributes, nothing else', () => {
    expect(manifest.activationEvents).toEqual(['onStartupFinished']);
  });

  it('supports the VS Code whose API it is compiled against', () => {
    const types = /^\d+\.\d+/.exec(manifest.devDependencies['@types/vscode'] ?? '')?.[0];
    expect(manifest.engines.vscode).toMatch(new RegExp(`^\\^${types?.replace('.', '\\.') ?? 'none'}\\.0$`));
  });

  it('refers to files that exist', () => {
    const files = [...manifestText.matchAll(/"((?:\.\/)?(?:media|templates|src)\/[^"]+)"/g)].map(([, file]) => file!);
    expect(files.filter((file) => !existsSync(join(projectRoot, file)))).toEqual([]);
    expect(files).toContain(manifest.icon);
  });

  it('has an icon that the Marketplace takes: a square PNG of 128 pixels or more', () => {
    const png = readFileSync(join(projectRoot, manifest.icon));
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(width).toBe(height);
    expect(width).toBeGreaterThanOrEqual(128);
  });
});

/** A context in which everything holds that a clause may ask, but for what is given. */
function everything(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    isWorkspaceTrusted: true,
    'mayday:active': true,
    'mayday:drill': true,
    'mayday:marks': true,
    'mayday:state': 'ready',
    'mayday:place': 'git',
    ...given,
  };
}
