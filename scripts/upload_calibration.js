// Uploads calibration files that the archive has not, and says which versions it has: upload_calibration.js FILE...
if (args.length === 0) throw new UsageError('name the files to upload, such as imap_mag_offsets_20260105_v001.csv');

for (const path of args) {
  const mine = new AncillaryFilePath(path);
  const {instrument, descriptor} = mine;
  const theirs = query({table: 'ancillary', instrument, descriptor})
    .map(file => new AncillaryFilePath(file.filename))
    .filter(file => mine.sameFile(file))
    .sort((a, b) => a.compare(b)); // older versions first

  if (theirs.some(file => file.version === mine.version)) {
    print(`${mine} is in the archive already; the next version is free: ${theirs.at(-1).next()}`);
    continue;
  }
  print(`uploaded ${upload(path)}`, theirs.length ? `(before it: ${theirs.at(-1).version})` : '(the first version)');
}
