test('lists what is new once', () => {
  const first = run('new_since.js', ['-i', 'swe', '-s', '2026-02-09']);
  assert.equal(first.code, 0);
  const [, count] = first.stdout.match(/^swe: (\d+) files since 20260209$/m);
  assert.ok(count > 0);
  assert.equal(first.stdout.trim().split('\n').length, Number(count) + 1);
  assert.match(run('new_since.js', ['-i', 'swe']).stdout, /^swe: 0 files since 202602\d\d \d\d:\d\d:\d\d$/m);
});

test('remembers each instrument by itself', () => {
  run('new_since.js', ['-i', 'swe', '-s', '2026-02-09']);
  assert.match(run('new_since.js', ['-i', 'mag', '-s', '2026-02-10']).stdout, /^mag: \d+ files since 20260210$/m);
});

test('starts a week ago', () => {
  assert.match(run('new_since.js', ['-i', 'hit']).stdout, /files since 20260204$/m);
});
