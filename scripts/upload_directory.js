// Uploads the files of a directory: checks all names first, and only says what it would do.
const {values: {really}, positionals: [dir]} = parseArgs({
  options: {
    really: {type: 'boolean', description: 'upload the files; without it nothing leaves the machine'},
  },
  allowPositionals: true,
});
if (!dir) throw new UsageError('name the directory whose files are to be uploaded');

const paths = listFiles(`${dir}/**/imap_*`);
const wrong = paths.flatMap(path => {
  try {
    ImapFilePath.parse(path);
    return [];
  } catch (error) {
    return [`${path}: ${error.message}`];
  }
});
for (const line of wrong) console.error(line);
if (wrong.length > 0) {
  print(`${wrong.length} of ${paths.length} names are wrong: nothing is uploaded`);
  exit(3);
}

const report = upload(paths, {skip_existing: true, dry_run: !really});
for (const {file_path, status} of report) print(status.padEnd(10), file_path);
print(`${report}`, really ? '' : '(--really uploads them)');
