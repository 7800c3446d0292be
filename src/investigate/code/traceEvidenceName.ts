/** The name under which a trace is kept, redacted. */
export const traceEvidenceName = 'stack-trace.txt';
