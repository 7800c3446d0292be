import { expect } from 'vitest';
import { isConfigurationPath, mayBeConfiguration } from '../../../src/changes/configuration/classifyConfiguration.ts';
import type { ConfigurationFormat } from '../../../src/changes/configuration/configurationFormat.ts';

/** Whether a format reads a file; one that it reads is opened: a format that only fits what nobody opens tells nothing. */
export function expectFit(format: ConfigurationFormat, path: string, text: string | undefined, fits: boolean): void {
  expect(format.fits(path, text)).toBe(fits);
  const isOpened = isConfigurationPath(path, [format]) || mayBeConfiguration(path, [format]);
  if (fits) expect(isOpened, `${path} is opened`).toBe(true);
}
