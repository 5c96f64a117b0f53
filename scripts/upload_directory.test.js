test('says what it would do, and does it when told', () => {
  writeText('out/imap_mag_offsets_20260301_v001.csv', 'a,b\n');
  writeText('out/deeper/imap_swe_gains_20260301_v001.csv', 'a,b\n');
  const dry = run('upload_directory.js', ['out']);
  assert.equal(dry.code, 0);
  assert.match(dry.stdout, /^planned +imap\/ancillary\/mag\/imap_mag_offsets_20260301_v001.csv$/m);
  assert.equal(query({table: 'ancillary', instrument: 'mag', descriptor: 'offsets', start_date: '2026-03-01'}).length, 0);

  const real = run('upload_directory.js', ['out', '--really']);
  assert.match(real.stdout, /^uploaded +imap\/ancillary\/swe\/imap_swe_gains_20260301_v001.csv$/m);
});

test('uploads nothing when a name is wrong', () => {
  writeText('out/imap_mag_offsets_20260301_v001.csv', 'a,b\n');
  writeText('out/imap_nothing.csv', 'a,b\n');
  const {code, stdout, stderr} = run('upload_directory.js', ['out', '--really']);
  assert.equal(code, 3);
  assert.match(stderr, /imap_nothing.csv/);
  assert.match(stdout, /1 of 2 names are wrong: nothing is uploaded/);
});
