import { describe, expect, it } from 'vitest';
import { pythonReads } from '../../../../src/changes/environment/python.ts';

/** `name:line`, with `=` behind it where there is a default. */
const told = (text: string) =>
  pythonReads(text).map(({ name, line, hasDefault }) => `${name}:${line}${hasDefault ? '=' : ''}`);

describe('pythonReads', () => {
  it.each<[string, string, readonly string[]]>([
    ['a key', `import os\nurl = os.environ['LOYALTY_URL']`, ['LOYALTY_URL:2']],
    ['get', `os.environ.get('A'); os.environ.get("B", "x"); os.environ.get('C', None)`, ['A:1', 'B:1=', 'C:1']],
    ['get over lines', `os.environ.get(\n  'A',\n  'x',\n)`, ['A:2=']],
    ['a comma and no default', `os.getenv(\n  'A',\n)`, ['A:2']],
    ['getenv', `os.getenv('A'), os.getenv("B", default="x"), os.getenv('C', default=None)`, ['A:1', 'B:1=', 'C:1']],
    ['or', `os.getenv('A') or 'x'; os.environ.get('B') or 1`, ['A:1=', 'B:1=']],
    ['order', `os.getenv('A') + orange`, ['A:1']],
    [
      'from os',
      `from os import environ, getenv\nenviron['A']; environ.get('B'); getenv('C', 1)`,
      ['A:2', 'B:2', 'C:2='],
    ],
    ['from os, renamed', `from os import (\n  environ as e,\n  getenv as g\n)\ne['A']; g('B')`, ['A:5', 'B:5']],
    ['os, renamed', `import os as o\no.environ['A']; o.getenv('B')`, ['A:2', 'B:2']],
    ['names of nothing', `getenv('A'); environ['B']`, []],
    ['a write', `os.environ['A'] = 'x'; del os.environ['B']; os.environ['C'] == 'x'`, ['C:1']],
    ['setdefault and pop', `os.environ.setdefault('A', 'x'); os.environ.pop('B', None)`, ['A:1=', 'B:1']],
    ['asked for', `if 'A' in os.environ and "B" not in os.environ: pass`, ['A:1=', 'B:1=']],
    ['computed', `os.environ[name]; os.getenv(f'{p}_A'); os.getenv('A' + b)`, []],
    ['a comment', `# os.environ['A']\nos.environ['B']  # os.environ['C']`, ['B:2']],
    ['a string', `"os.environ['A']" 'it\\'s os.getenv("B")' + os.getenv('C')`, ['C:1']],
    ['a doc string', `"""\nos.environ['A']\n"""\nos.environ['B']`, ['B:4']],
    ['an f-string', `f"{os.environ['A']} {{os.environ['B']}} os.environ['C']" + os.environ['D']`, ['A:1', 'D:1']],
    ['a nested f-string', `f"""{f'{os.getenv("A")}'}\n{d['x']}""" + os.getenv('B')`, ['A:1', 'B:2']],
    ['a prefix', `os.environ[u'A']`, ['A:1']],
    ['another object', `self.os.environ['A']; foo.getenv('B'); myos.environ['C']`, []],
    [
      'environs',
      `from environs import Env\nenv = Env()\nenv.str('A'); env('B', 'x'); env.int("C", default=1)`,
      ['A:3', 'B:3=', 'C:3='],
    ],
    ['django-environ', `import environ\nenv = environ.Env(DEBUG=(bool, False))\nenv('A'); env.db('B')`, ['A:3', 'B:3']],
    [
      'decouple',
      `from decouple import config\nconfig('A', default='x'); config('B', cast=int); config('C', cast=bool, default=True)`,
      ['A:2=', 'B:2', 'C:2='],
    ],
    ['config of nobody', `config('A')`, []],
    [
      'settings of pydantic',
      `from pydantic_settings import BaseSettings\n\nclass Settings(BaseSettings):\n    """Ours: os"""\n    model_config = SettingsConfigDict(env_prefix='APP_')\n    database_url: str\n    port: int = 8080\n    key: str = Field(..., alias='API_KEY')\n    level: str = Field(default='x')\n    kind: ClassVar[str] = 'x'\n\n    def url(self) -> str:\n        inner: str = 'x'\n\nother: int = 1`,
      ['APP_DATABASE_URL:6', 'APP_PORT:7=', 'API_KEY:8', 'APP_LEVEL:9='],
    ],
    ['a model of pydantic', `class A(BaseModel):\n    port: int`, []],
    ['a string without an end', `a = 'oops\nos.getenv('A')`, ['A:2']],
    [
      'a function',
      `import os\ndef must(name):\n    return os.environ[name]\n\nmust('A'); must("B"); other('C')`,
      ['A:5', 'B:5'],
    ],
    [
      'a function with a default',
      `import os\ndef env(key, default=None):\n    return os.environ.get(key, default)\nenv('A', 1); env('B'); env('C') or 2`,
      ['A:4=', 'B:4', 'C:4='],
    ],
    [
      'functions of other files',
      `getenv_boolean("A_B", default=True); get_env('C_D'); getenv_integer("E_F", default=None); env_bool('G_H', False); monkeypatch.setenv('I_J', 'x')`,
      ['A_B:1=', 'C_D:1', 'E_F:1', 'G_H:1='],
    ],
    ['nothing', '', []],
  ])('%s', (_what, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it.each([
    ['f"{', 200_000],
    ['"""', 200_001],
    ['os.environ[', 100_000],
    ['os.getenv("A", ', 100_000],
    ['class A(BaseSettings):\n', 40_000],
    ['from os import ', 60_000],
    ['# ', 500_000],
  ])(
    'reads a hostile text in linear time: %s',
    (part, times) => {
      expect(pythonReads(part.repeat(times)).length).toBeLessThan(2);
    },
    20_000,
  );
});
