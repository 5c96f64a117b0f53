// Uploads calibration files that the archive lacks, and names the next version of those it has.
const {values: {dry_run}, positionals: paths} = parseArgs({
  options: {
    dry_run: {type: 'boolean', short: 'n', description: 'say what would be uploaded, and upload nothing'},
  },
  allowPositionals: true,
});
if (paths.length === 0) throw new UsageError('name the files to upload, such as imap_mag_offsets_20260105_v001.csv');

for (const path of paths) {
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
  print(dry_run ? 'would upload' : 'uploaded', upload(path, {dry_run}),
    theirs.length ? `(before it: ${theirs.at(-1).version})` : '(the first version)');
}
