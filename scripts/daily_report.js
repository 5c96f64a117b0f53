// Writes what the archive took in on a day, of all instruments: a CSV list and a Markdown table.
const {values: {day: date, to}} = parseArgs({
  options: {
    day: {type: 'date', short: 'd', default: 'yesterday', description: 'the day of arrival, in UTC'},
    to: {type: 'file', short: 't', default: 'report', description: 'beginning of the names of the two files'},
  },
});

const files = query({ingestion_start_date: date, ingestion_end_date: date});
const rows = [];
for (const [instrument, ofInstrument] of Object.entries(files.groupBy('instrument'))) {
  for (const [level, ofLevel] of Object.entries(ofInstrument.groupBy('data_level'))) {
    const days = ofLevel.unique('start_date');
    rows.push([instrument, level, ofLevel.length, days[0], days.at(-1)]);
  }
}

const markdown = [`# Arrivals of ${date}: ${files.length} files`, '',
  '| instrument | level | files | first day | last day |', '|---|---|---|---|---|',
  ...rows.map(row => `| ${row.join(' | ')} |`), ''].join('\n');
print(markdown);
print(writeText(`${to}-${date}.md`, markdown));
print(writeText(`${to}-${date}.csv`, files.toCSV()));
