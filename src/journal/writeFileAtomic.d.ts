declare module 'write-file-atomic' {
  /** Writes a file whole: a reader sees the old content or the new one. */
  function writeFileAtomic(path: string, content: string, options?: { readonly fsync?: boolean }): Promise<void>;
  export = writeFileAtomic;
}
