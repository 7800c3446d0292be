/** The build of Handlebars that registers no `require.extensions` in the extension host, which all extensions share. */
declare module 'handlebars/dist/cjs/handlebars.js' {
  import type Handlebars from 'handlebars';
  const handlebars: typeof Handlebars;
  export = handlebars;
}
