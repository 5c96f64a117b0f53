const wanted = ['-i', 'swe', '-s', '2026-02-05', '--to', 'mirror'];

test('fetches what is missing, and then nothing', () => {
  const first = run('mirror_to.js', wanted);
  assert.equal(first.code, 0);
  assert.match(first.stdout, /^mirror: \d+ downloaded/);
  assert.ok(first.files.some(path => /mirror\/imap\/swe\/l2\/.*\.cdf$/.test(path)));
  assert.match(run('mirror_to.js', wanted).stdout, /^mirror: \d+ already present/);
});

test('fetches nothing in a dry run', () => {
  const {code, files} = run('mirror_to.js', [...wanted, '--dry-run']);
  assert.equal(code, 0);
  assert.ok(!files.some(path => path.endsWith('.cdf')));
});

test('needs a directory', () => {
  const {code, stderr} = run('mirror_to.js', ['-i', 'swe']);
  assert.equal(code, 2);
  assert.match(stderr, /--to is missing/);
});
