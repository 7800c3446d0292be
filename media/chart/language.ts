// uPlot makes a number format for the browser's language while it loads, and a browser in a POSIX locale names one that does not
// exist (`en-US@posix`): the page would stay empty. Imported before uPlot; our own formats know no language.
try {
  new Intl.NumberFormat(navigator.language);
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}
