test('uploads a first version, and later the next', () => {
  writeText('imap_mag_offsets_20260301_v001.csv', 'a,b\n');
  const {code, stdout} = run('upload_calibration.js', ['imap_mag_offsets_20260301_v001.csv']);
  assert.equal(code, 0);
  assert.equal(stdout, 'uploaded imap/ancillary/mag/imap_mag_offsets_20260301_v001.csv (the first version)\n');

  writeText('imap_mag_offsets_20260301_v002.csv', 'a,b\n1,2\n');
  const next = run('upload_calibration.js', ['imap_mag_offsets_20260301_v001.csv', 'imap_mag_offsets_20260301_v002.csv']);
  assert.match(next.stdout, /v001.csv is in the archive already; the next version is free: imap_mag_offsets_20260301_v002.csv/);
  assert.match(next.stdout, /uploaded .*v002.csv \(before it: v001\)/);
});

test('uploads nothing in a dry run', () => {
  writeText('imap_mag_gains_20260301_v001.csv', 'a,b\n');
  const {stdout} = run('upload_calibration.js', ['--dry-run', 'imap_mag_gains_20260301_v001.csv']);
  assert.match(stdout, /^would upload imap\/ancillary\/mag\/imap_mag_gains_20260301_v001.csv/);
  assert.equal(query({table: 'ancillary', instrument: 'mag', descriptor: 'gains'}).length, 0);
});

test('wants a file', () => {
  const {code, stderr} = run('upload_calibration.js', []);
  assert.ok(code !== 0);
  assert.match(stderr, /name the files to upload/);
});
