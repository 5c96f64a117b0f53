// Shows which calibration and other ancillary files hold for a day, and fetches them.
const {values: {instrument, day: date, descriptor, download}} = parseArgs({
  options: {
    instrument: {type: 'instrument', short: 'i', default: 'mag', description: 'which instrument'},
    day: {type: 'date', default: 'today', description: 'the day that they hold for'},
    descriptor: {type: 'descriptor', description: 'one kind of file; left out: all'},
    download: {type: 'boolean', short: 'd', description: 'download the files, too'},
  },
});

const files = query({table: 'ancillary', instrument, descriptor}).validOn(date);
for (const {descriptor, version, start_date, end_date, filename} of files.sortBy('descriptor')) {
  print(descriptor.padEnd(24), version, `${start_date} to ${end_date ?? 'now'}`, filename);
}
if (files.length === 0) print(`no ancillary files of ${instrument} hold for ${date}`);
if (download) for (const {path} of files.download()) print(path);
exit(files.length ? 0 : 3);
