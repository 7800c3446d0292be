/**
 * A README as it goes into the VSIX. Where an extension has no public repository, nothing beside its README has an address:
 * pictures of the project are left out, and links to its files become their text. VS Code would show them broken.
 */
export function packagedReadme(markdown: string): string {
  return markdown
    .replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n+/gm, '')
    .replace(/(?<!!)\[([^\]]*)\]\((?!https?:|mailto:|#)[^)]*\)/g, '$1');
}
