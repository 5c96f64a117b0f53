// Lists what the archive took in of an instrument since this recipe ran last; it remembers.
const {values: {instrument, since, memory, download}} = parseArgs({
  options: {
    instrument: {type: 'instrument', short: 'i', default: 'mag', description: 'which instrument'},
    since: {type: 'date', short: 's', default: '-7d', description: 'first day, the first time'},
    memory: {type: 'file', short: 'm', default: 'new_since.json', description: 'what it remembers, in DATA_DIR'},
    download: {type: 'boolean', short: 'd', description: 'download the files, too'},
  },
});

const path = `${config.DATA_DIR}/${memory}`;
const seen = exists(path) ? readJSON(path) : {};
const last = seen[instrument] ?? since;

const files = query({instrument, ingestion_start_date: day(last)})
  .filter(file => file.ingestion_date > last)
  .sortBy('ingestion_date');

for (const file of files) print(file.ingestion_date, file.filename);
print(`${instrument}: ${files.length} files since ${last}`);

if (download) files.download(); // an error ends the recipe here, and next time they are new again
if (files.length > 0) writeJSON(path, {...seen, [instrument]: files.at(-1).ingestion_date});
