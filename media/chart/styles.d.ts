/** Style sheets that esbuild puts into dist/chartPanel.css. */
declare module '*.css';
