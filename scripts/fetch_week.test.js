// The demo's archive ends on 11 February 2026: its files are of the days before.
test('downloads a week once', () => {
  const week = ['--instrument', 'swe', '--start', '2026-01-12', '--data-level', 'l2'];
  const first = run('fetch_week.js', week);
  assert.equal(first.code, 0);
  assert.match(first.stdout, /^swe, week of 20260112: \d+ downloaded, 0 already present, 0 failed, in /m);
  const [, count] = first.stdout.match(/: (\d+) downloaded/);
  assert.ok(count > 0);
  assert.equal(first.files.filter(path => path.endsWith('.cdf')).length, Number(count));

  const again = run('fetch_week.js', week);
  assert.match(again.stdout, new RegExp(`0 downloaded, ${count} already present`));
});

test('asks for the last week by default', () => {
  const {code, stdout} = run('fetch_week.js', ['-l', 'l2']);
  assert.equal(code, 0);
  assert.match(stdout, /^mag, week of 20260204: /m);
});

test('refuses an instrument that there is not', () => {
  const {code, stderr} = run('fetch_week.js', ['-i', 'swee']);
  assert.equal(code, 2);
  assert.match(stderr, /did you mean "swe"\?/);
});
