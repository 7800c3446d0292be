import * as vscode from 'vscode';
import type { SettingValues } from '../../contributions.ts';
import { settingDefaults } from '../../contributions.ts';

/** A setting's value for a folder; its default where the value has another type. */
export function readSetting<K extends keyof SettingValues>(key: K, folder?: vscode.Uri): SettingValues[K] {
  const value: unknown = vscode.workspace.getConfiguration(undefined, folder ?? null).get(key);
  return typeof value === typeof settingDefaults[key] ? (value as SettingValues[K]) : settingDefaults[key];
}

/** The zone shown beside UTC: the setting's, else the machine's. */
export function timeZone(): string {
  const configured = readSetting('mayday.timeZone').trim();
  return configured === '' ? Intl.DateTimeFormat().resolvedOptions().timeZone : configured;
}
