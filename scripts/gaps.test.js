test('finds no gap where every day has a file', () => {
  const {code, stdout} = run('gaps.js', ['-i', 'swe', '-s', '2026-01-12', '-e', '2026-01-14']);
  assert.equal(code, 0);
  assert.match(stdout, /^sci +complete$/m);
  assert.match(stdout, /1 products, 0 days are missing$/m);
});

test('names the days of the future, and exits with 3', () => {
  const {code, stdout} = run('gaps.js', ['-i', 'swe', '-s', '2026-02-09', '-e', '2026-02-13']);
  assert.equal(code, 3);
  assert.match(stdout, /^sci +20260212 20260213$/m);
});

test('counts a product without any file', () => {
  const {code, stdout} = run('gaps.js', ['-i', 'swe', '-d', 'nothing', '-s', '2026-01-12', '-e', '2026-01-13']);
  assert.equal(code, 3);
  assert.match(stdout, /^nothing +20260112 20260113$/m);
});
