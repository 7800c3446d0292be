import { describe, expect, it } from 'vitest';
import { goReads } from '../../../../src/changes/environment/go.ts';

/** `name:line`, with `=` behind it where there is a default. */
const told = (text: string) =>
  goReads(text).map(({ name, line, hasDefault }) => `${name}:${line}${hasDefault ? '=' : ''}`);

describe('goReads', () => {
  it.each<[string, string, readonly string[]]>([
    ['Getenv', 'url := os.Getenv("LOYALTY_URL")', ['LOYALTY_URL:1']],
    ['a raw name', 'os.Getenv(`A`)', ['A:1']],
    ['LookupEnv', 'if v, ok := os.LookupEnv("A"); ok {', ['A:1']],
    ['syscall', 'syscall.Getenv("A")', ['A:1']],
    ['one of', 'cmp.Or(os.Getenv("A"), "x")', ['A:1=']],
    ['computed', 'os.Getenv(name); os.Getenv("A" + b); os.Getenv(fmt.Sprintf("A"))', []],
    ['a write', 'os.Setenv("A", "x"); os.Unsetenv("B")', []],
    ['viper', 'viper.BindEnv("port", "APP_PORT")', ['APP_PORT:1']],
    [
      'tags',
      'type Config struct {\n\tURL string `env:"URL,required" json:"url"`\n\tPort int `env:"PORT" envDefault:"8080"`\n\tHost string `json:"h" envconfig:"HOST_NAME" default:"x"`\n\tAge int `env:"AGE, default=3"`\n\tNone string `env:"-"`\n}',
      ['URL:2', 'PORT:3=', 'HOST_NAME:4=', 'AGE:5='],
    ],
    ['tags behind a prefix', 'A string `env:"A"`\nDB DB `envPrefix:"DB_"`', []],
    ['another tag', 'A string `yaml:"env" notenv:"X"`', []],
    ['a comment', '// os.Getenv("A")\n/* os.Getenv("B") */ os.Getenv("C")', ['C:2']],
    ['a string', `x := "os.Getenv(\\"A\\")" + 'x' + \`\nos.Getenv("B")\n\` + os.Getenv("C")`, ['C:3']],
    ['a rune', `if c == '"' { os.Getenv("A") }`, ['A:1']],
    ['another package', 'myos.Getenv("A"); x.os.Getenv("B")', []],
    [
      'a function',
      'func getEnv(key, fallback string) string {\n\tif v, ok := os.LookupEnv(key); ok {\n\t\treturn v\n\t}\n\treturn fallback\n}\nvar a = getEnv("A", "x")',
      ['A:7='],
    ],
    [
      'a function without a default',
      'func must(key string) string { v := os.Getenv(key); return v }\nvar a = must("A")',
      ['A:2'],
    ],
    [
      'functions of other files',
      'config.GetEnv("A_B", "x") + MustGetenv("C_D") + envOrDefault("E_F", "x") + os.Setenv("G_H", "x")',
      ['A_B:1=', 'C_D:1', 'E_F:1='],
    ],
    ['nothing', '', []],
  ])('%s', (_what, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it.each([
    ['os.Getenv("', 100_000],
    ['/*', 500_000],
    ['`        `', 100_000],
    ["'\\", 500_000],
  ])(
    'reads a hostile text in linear time: %s',
    (part, times) => {
      expect(goReads(part.repeat(times))).toEqual([]);
    },
    20_000,
  );
});
