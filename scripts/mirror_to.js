// Keeps a directory like the archive for an instrument: the newest version of each file.
const {values: {instrument, data_level, start, to, dry_run}} = parseArgs({
  options: {
    instrument: {type: 'instrument', short: 'i', default: 'mag', description: 'which instrument'},
    data_level: {type: 'data_level', short: 'l', multiple: true, default: ['l2'], description: 'which data levels'},
    start: {type: 'date', short: 's', default: '-30d', description: 'first day'},
    to: {type: 'file', short: 't', required: true, description: 'the directory, under the working directory'},
    dry_run: {type: 'boolean', short: 'n', description: 'say what would be fetched, and fetch nothing'},
  },
});

config.DATA_DIR = to;
const files = query({instrument, data_level, start_date: start, version: 'latest'});
const report = files.download({keep_going: true, dry_run});

for (const {file_path, error} of report.failed) console.error(`${file_path}: ${error.message}`);
print(`${to}: ${report}`);
exit(report.failed.length ? 3 : 0);
