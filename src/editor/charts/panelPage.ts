/** What the page of the panel refers to. */
export interface PanelPage {
  /** `webview.cspSource`. */
  readonly source: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  readonly loading: string;
}

/**
 * The page that the panel's script fills. Nothing may be loaded but that script and the style sheet beside it: no inline
 * handlers, no images, no requests.
 */
export function panelPage({ source, nonce, script, style, language, title, loading }: PanelPage): string {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${attribute(style)}">
<title>${attribute(title)}</title>
</head>
<body>
<main id="charts"><p>${attribute(loading)}</p></main>
<div id="said" class="unseen" aria-live="polite"></div>
<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
