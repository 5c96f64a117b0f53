// What recipes of imapsh may use, for editors and compilers: written by imapsh types.

/** The other spelling of a name: dataLevel of data_level. */
type Camel<S extends string> = S extends `${infer A}_${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;
/** Options or fields under both spellings of their names. */
type Spellings<T> = T & {[K in keyof T as Camel<K & string>]: T[K]};
/** One value or a list of them. */
type OneOrMore<T> = T | T[];
/** A file name of any class. */
type AnyFilePath = ScienceFilePath | AncillaryFilePath | SPICEFilePath | QuicklookFilePath | DependencyFilePath | ReleaseFilePath;
/** A file by its name, its path, or something that has one. */
type FileArgument = string | FileRecord | Transfer | AnyFilePath | {file_path: string} | {filename: string};
type DataLevel = 'l0' | 'l1' | 'l1a' | 'l1b' | 'l1c' | 'l1ca' | 'l1cb' | 'l1d' | 'l2' | 'l2a' | 'l2b' | 'l2c' | 'l3' | 'l3a' | 'l3b' | 'l3c' | 'l3d' | 'l3e';
type Fill = 'nan';
type Instrument = 'codice' | 'glows' | 'hi' | 'hit' | 'ialirt' | 'idex' | 'l1const' | 'lo' | 'mag' | 'spacecraft' | 'swapi' | 'swe' | 'ultra';
type SPICEType = 'kernels' | 'attitude_history' | 'attitude_predict' | 'pointing_attitude' | 'ephemeris_reconstructed' | 'ephemeris_nominal' | 'ephemeris_predicted' | 'ephemeris_90days' | 'ephemeris_long' | 'ephemeris_launch' | 'planetary_ephemeris' | 'planetary_constants' | 'leapseconds' | 'spacecraft_clock' | 'imap_frames' | 'science_frames' | 'metakernel' | 'lagrange_point' | 'earth_attitude' | 'spin' | 'repoint' | 'thruster';
type Table = 'science' | 'ancillary' | 'spice' | 'quicklook';
type TimeAs = 'utc' | 'tt2000' | 'date';
type TimeScale = 'utc' | 'tt2000' | 'et' | 'met' | 'sclk';

interface QueryOptions {
  /** catalog to look in (default science, or that of filename) */
  table?: Table | null;
  /** instrument, or a list */
  instrument?: OneOrMore<Instrument> | null;
  /** data level such as l1a, or a list */
  data_level?: OneOrMore<DataLevel> | null;
  /** descriptor such as norm-mago, or a list; * stands for any string */
  descriptor?: OneOrMore<string> | null;
  /** first start date, inclusive: 20260105, 2026-01-05, 2026-005, today, yesterday, -7d */
  start_date?: string | number | Date | null;
  /** last start date, inclusive: 20260105, 2026-01-05, 2026-005, today, yesterday, -7d */
  end_date?: string | number | Date | null;
  /** first UTC day of ingestion, inclusive: 20260105, 2026-01-05, 2026-005, today, yesterday, -7d */
  ingestion_start_date?: string | number | Date | null;
  /** last UTC day of ingestion, inclusive: 20260105, 2026-01-05, 2026-005, today, yesterday, -7d */
  ingestion_end_date?: string | number | Date | null;
  /** repointing number: 12, repoint00012 */
  repointing?: number | string | null;
  /** Carrington rotation number: 2305, cr02305 */
  cr?: number | string | null;
  /** latest, v003 or v001.0003 */
  version?: string | null;
  /** major part of the version */
  major_version?: number | null;
  /** minor part of the version */
  minor_version?: number | null;
  /** file extension, without the dot */
  extension?: string | null;
  /** exactly this file */
  filename?: string | null;
  /** type of SPICE file (table spice) */
  type?: SPICEType | null;
}
/**
 * Finds files in the archive; gives a FileList.
 * @example query({instrument: 'mag', data_level: 'l2', version: 'latest'})
 * @example query({instrument: ['swe', 'swapi'], start_date: '2026-01-05', end_date: '2026-01-11'})
 * @example query({instrument: 'mag', descriptor: 'norm-*'}).latest().download({dry_run: true})
 * @example query({table: 'ancillary', instrument: 'mag'})
 */
declare function query(options?: Spellings<QueryOptions>): FileList;

interface ProductsOptions {
  /** instrument, or a list */
  instrument?: OneOrMore<Instrument> | null;
  /** data level such as l1a, or a list */
  data_level?: OneOrMore<DataLevel> | null;
}
/**
 * Lists the science products that the mission is known to make, at the prompt below those that results have shown; the archive may hold others, and not yet hold each.
 * @example products({instrument: 'mag', data_level: 'l2'})
 */
declare function products(options?: Spellings<ProductsOptions>): any;

interface DownloadOptions {
  /** how many files at a time, 1 to 64 (default 8) */
  concurrency?: number | string | null;
  /** fetch files again that are there already */
  overwrite?: boolean | null;
  /** compare files that are there already with the archive's, and replace those that differ */
  verify?: boolean | null;
  /** only say what would be fetched */
  dry_run?: boolean | null;
  /** give the report of a list even when some files failed, instead of throwing */
  keep_going?: boolean | null;
}
/**
 * Fetches files into the data directory; gives the path, or a TransferReport for a list.
 * @param files a name, an archive path, a record, a path object, or a list of these
 * @example download('imap_swe_l0_raw_20260105_v001.0001.pkts')
 * @example download(query({instrument: 'swe', data_level: 'l2', start_date: '20260201'}), {concurrency: 4})
 */
declare function download(files: FileArgument[], options?: Spellings<DownloadOptions>): TransferReport;
declare function download(file: FileArgument, options?: Spellings<DownloadOptions>): string;

interface UploadOptions {
  /** no error when the archive holds the same bytes already */
  skip_existing?: boolean | null;
  /** check the files and only say what would be sent */
  dry_run?: boolean | null;
  /** refuse a CDF whose content has errors against the ISTP guidelines or its name, in place of warning */
  strict?: boolean | null;
}
/**
 * Sends files to the archive; gives the archive path, or a TransferReport for a list.
 * @param paths a file of this machine, or a list of them
 */
declare function upload(paths: FileArgument[], options?: Spellings<UploadOptions>): TransferReport;
declare function upload(path: FileArgument, options?: Spellings<UploadOptions>): string;

/**
 * Gives the day a number of days after another, as YYYYMMDD.
 * @param date a day in any form that query takes
 * @param days how many days later; negative: earlier
 * @example addDays('2026-01-05', 6)
 */
declare function addDays(date: string | number | Date, days: number): string;

/**
 * Gives a day in any form as YYYYMMDD, in which days compare as strings.
 * @param date a date in any form that query takes, or a time of the archive's such as an ingestion_date
 * @example day('2026-01-05')
 */
declare function day(date: string | number | Date): string;

/**
 * Lists the days from one to another, both included, as YYYYMMDD.
 * @param from first day
 * @param to last day, which is in the list, too
 * @example days('2026-01-05', '2026-01-07')
 */
declare function days(from: string | number | Date, to: string | number | Date): string[];

/**
 * Opens a CDF file, which is fetched when it is not here; gives a CDFFile.
 * @param file path of a CDF, or a name, a record or a path object of the archive's
 * @example open('imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf')
 * @example open('imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf').get('b_dsrf', {from: '2026-01-05T06:00', to: '07:00'})
 */
declare function open(file: OneOrMore<FileArgument>): CDFFile;

interface PlotOptions {
  /** first time, in UTC: '2026-01-20T06:00' */
  from?: any | null;
  /** end, which is not included; a day is; '07:00' is on the day of from */
  to?: any | null;
  /** 'energy=5': draw one index of a dimension, in place of the mean over it */
  at?: OneOrMore<string> | null;
  /** file of the picture, .svg or .png; left out: the terminal */
  file?: string | null;
  /** WIDTHxHEIGHT of the picture in pixels: '1200x600' */
  size?: string | null;
}
/**
 * Draws variables of CDF files, as their attributes say: lines, spectrograms, maps of the sky.
 * @param files a CDF file: its path, name, record or path object; or a list of them
 * @param variables a variable, or a list; left out: those that the files call data
 * @example plot('imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf', 'b_dsrf')
 * @example plot(query({instrument: 'mag', data_level: 'l2', descriptor: 'norm-dsrf', start_date: '20260105', end_date: '20260107'}), 'b_dsrf', {file: 'field.svg'})
 */
declare function plot(files: OneOrMore<FileArgument>, variables?: OneOrMore<string>, options?: Spellings<PlotOptions>): void;

/**
 * Reports on the CCSDS packets of level 0 files, APID by APID; gives a PacketReport.
 * @param files a level 0 file (.pkts): its path, name, record or path object; or a list of them, in order
 * @example packets('imap_mag_l0_raw_20260101_v001.0001.pkts')
 * @example packets('imap_mag_l0_raw_20260101_v001.0001.pkts').apids.map(a => a.apid)
 */
declare function packets(files: OneOrMore<FileArgument>): PacketReport;

interface ConvertTimeOptions {
  /** how the time is counted; left out: by its kind, and needed for a number */
  from?: TimeScale | null;
  /** how it is to be counted; left out: utc */
  to?: TimeScale | null;
  /** leap second kernel: path or name; left out: the newest of the data directory */
  lsk?: string | null;
  /** spacecraft clock kernel: path or name; left out: the newest of the data directory */
  sclk?: string | null;
}
/**
 * Converts a time by the leap second and clock kernels: UTC, TT2000, ephemeris time, mission elapsed time, clock string.
 * @param time a string in UTC or of the spacecraft clock, a number of seconds (et, met), a BigInt (tt2000), or a Date
 * @example convertTime(505872003, {from: 'met', lsk: 'naif0012.tls', sclk: 'imap_sclk_0000.tsc'})
 * @example convertTime('2026-01-20T05:00:00', {to: 'tt2000', lsk: 'naif0012.tls'})
 */
declare function convertTime(time: any, options?: Spellings<ConvertTimeOptions>): any;

/**
 * Opens a SPICE kernel, which is fetched when it is not here; gives a Kernel.
 * @param file path of a kernel, or a name, a record or a path object of the archive's
 * @example kernel('naif0012.tls')
 */
declare function kernel(file: OneOrMore<FileArgument>): Kernel;

interface KernelGapsOptions {
  /** start, in UTC */
  from?: string | null;
  /** end, in UTC */
  to?: string | null;
  /** leap second kernel; left out: the newest of the data directory */
  lsk?: string | null;
  /** spacecraft clock kernel; left out: the newest of the data directory */
  sclk?: string | null;
}
/**
 * Lists what SPK or CK kernels do not cover between two times: {start, end} in UTC.
 * @param files kernels: paths, names, records; a list of them
 */
declare function kernelGaps(files: OneOrMore<FileArgument>, options?: Spellings<KernelGapsOptions>): any[];

interface PositionOptions {
  /** body: 'IMAP', 'SUN', … or its NAIF number */
  of?: string | null;
  /** body from which it is seen: 'EARTH', … */
  from?: string | null;
  /** time, in UTC */
  at?: string | null;
  /** SPK kernel: path, name or record; or a list, of which the last counts first */
  kernel?: OneOrMore<FileArgument> | null;
  /** leap second kernel; left out: the newest of the data directory */
  lsk?: string | null;
}
/** Gives where a body is as seen from another: {position, velocity, distance} in km and km/s, J2000, geometric. */
declare function position(options?: Spellings<PositionOptions>): any;

/**
 * Reads a text file.
 * @param path path of the file
 */
declare function readText(path: string): string;

/**
 * Reads a JSON file.
 * @param path path of the file
 */
declare function readJSON(path: string): any;

/**
 * Writes a text file, whole or not at all; gives its path.
 * @param path path of the file
 * @param text what to write
 */
declare function writeText(path: string, text: string): string;

/**
 * Writes a value as a JSON file, whole or not at all; gives its path.
 * @param path path of the file
 * @param value what to write
 */
declare function writeJSON(path: string, value: any): string;

/**
 * Lists the files whose paths match a pattern, sorted.
 * @param pattern such as 'out/*.csv'; ** stands for any directories
 */
declare function listFiles(pattern: string): string[];

/**
 * Reports whether there is a file or a directory.
 * @param path path of the file
 */
declare function exists(path: string): boolean;

/**
 * Says of a file or a directory its path, type ('file' or 'directory'), size in bytes and when it was modified.
 * @param path path of the file
 */
declare function stat(path: string): {[name: string]: any};

/**
 * Removes a file; gives its path.
 * @param path path of the file
 */
declare function remove(path: string): string;

/**
 * Copies a file, whole or not at all; gives the path of the copy.
 * @param from path of the file
 * @param to path of the copy
 */
declare function copyFile(from: string, to: string): string;

/**
 * Reads the recipe's arguments as util.parseArgs of Node does; gives {values, positionals}. Types besides string and boolean: number, integer, date, instrument, data_level, descriptor, file.
 * @param config {options, allowPositionals, strict}; an option has type, short, multiple, default, choices, required, description
 * @example parseArgs({options: {days: {type: 'integer', short: 'n', default: 7, description: 'how many'}}, allowPositionals: true}).values.days
 */
declare function parseArgs(config?: any): {[name: string]: any};

/**
 * Runs a recipe in a session of its own, with a recipe's rights; gives what it returns.
 * @param name file of the recipe, or the name of one that imapsh finds
 * @param args its arguments, an array of strings
 */
declare function run(name: string, args?: OneOrMore<string>): any;

/** Prints values, strings as they are. */
declare function print(...values: any[]): void;

/** Explains what there is: help(), help(query), help('query'). */
declare function help(...values: any[]): void;

/**
 * Runs a function and tells how long it took; gives its value: time(() => query({…})).
 * @param run what to run: time(() => …)
 */
declare function time<T>(run: () => T): T;

/**
 * Waits a number of seconds.
 * @param seconds how long, at most a day
 * @example sleep(0.01)
 */
declare function sleep(seconds: number): void;

/**
 * Gives what a module exports: a .js, .ts or .json file, which runs the first time alone.
 * @param name file beside the script, such as './lib/days.js', or in one of the places of recipes
 */
declare function require(name: string): any;

/**
 * Ends the session, with an exit code.
 * @param code 0 (the default) to 255
 */
declare function exit(code?: number): void;

interface FileRecordFields {
  /** path in the archive */
  readonly file_path: string;
  /** mag, swe, … */
  readonly instrument: Instrument;
  /** l0, l1a, … */
  readonly data_level: DataLevel;
  /** name of the product */
  readonly descriptor: string;
  /** first day of the data, as the string YYYYMMDD; files.between compares days in every form */
  readonly start_date: string;
  /** number of the repointing, or null */
  readonly repointing: number | null;
  /** v001.0003 */
  readonly version: string;
  /** when the archive got it, as the string YYYYMMDD hh:mm:ss in UTC; day(x) is its day */
  readonly ingestion_date: string;
  /** true where everybody may read it */
  readonly released: boolean;
  /** last element of file_path */
  readonly filename: string;
  readonly major_version?: any;
  readonly minor_version?: any;
  readonly cr?: any;
  readonly crid?: any;
  readonly extension?: any;
  readonly end_date?: any;
  readonly file_name?: any;
  readonly file_root?: any;
  readonly kernel_type?: any;
  readonly sclk_kernel?: any;
  readonly lsk_kernel?: any;
  readonly timestamp?: any;
  readonly min_date_j2000?: any;
  readonly max_date_j2000?: any;
  readonly min_date_datetime?: any;
  readonly max_date_datetime?: any;
  readonly min_date_sclk?: any;
  readonly max_date_sclk?: any;
  readonly file_intervals_j2000?: any;
  readonly file_intervals_datetime?: any;
  readonly file_intervals_sclk?: any;
}
interface FileRecord extends Spellings<FileRecordFields> {}
/** What the archive knows of one file; an item of a FileList. */
declare class FileRecord {
  private constructor();
  /** Fetches the file; gives its path. */
  download(options?: Spellings<DownloadOptions>): string;
}

interface FileListSeriesOptions {
  /** first time, in UTC: '2026-01-20T06:00' */
  from?: any | null;
  /** end, which is not included; a day is; '07:00' is on the day of from */
  to?: any | null;
  /** 'nan': NaN in place of the fill value */
  fill?: Fill | null;
}
/**
 * The files that match a query: an array of FileRecords, with methods of its own.
 * @example query({instrument: 'mag'}).filter(f => f.data_level === 'l2').sortBy('-start_date')
 * @example query({instrument: 'mag'}).groupBy('data_level')
 * @example query({table: 'ancillary', instrument: 'mag'}).validOn('2026-01-20')
 */
declare class FileList extends Array<FileRecord> {
  private constructor();
  /** Fetches every file; gives a TransferReport. */
  download(options?: Spellings<DownloadOptions>): TransferReport;
  /**
   * Reads one variable over all files, the newest version of each: a CDFSeries, an array of chunks.
   * @param variable name of a variable
   */
  series(variable: string, options?: Spellings<FileListSeriesOptions>): CDFSeries;
  /**
   * Draws variables as lines, spectrograms or maps of the sky, in the terminal or into a file.
   * @param variables a variable, or a list; left out: those that the file calls data
   */
  plot(variables?: OneOrMore<string>, options?: Spellings<PlotOptions>): void;
  /** Keeps the newest version of each file. */
  latest(): FileList;
  /**
   * Keeps the ancillary files that hold for a day: of each descriptor the newest version that covers it.
   * @param day a day, such as 2026-01-05
   */
  validOn(day: string | number | Date): FileList;
  /**
   * Keeps the files that start on days from one to another, both included.
   * @param from first day, in any form that query takes
   * @param to last day, likewise
   */
  between(from: string | number | Date, to: string | number | Date): FileList;
  /**
   * Sorts by fields, the first one first; '-start_date' sorts downwards.
   * @param fields names of fields
   */
  sortBy(...fields: string[]): FileList;
  /**
   * Groups by a field: an object of FileLists.
   * @param field name of a field
   */
  groupBy(field: string): {[value: string]: FileList};
  /**
   * Lists the values of a field, sorted.
   * @param field name of a field
   */
  unique(field: string): any[];
  /**
   * Prints every file as a table.
   * @param columns names of fields; none: the default ones
   */
  table(...columns: string[]): void;
  /** Prints how many files there are of each product, and of what days. */
  summary(): void;
  /** Gives the records as CSV text with a line of names. */
  toCSV(): string;
  filter<S extends FileRecord>(test: (item: FileRecord, index: number, list: FileRecord[]) => item is S): S[];
  filter(test: (item: FileRecord, index: number, list: FileRecord[]) => unknown, thisArg?: any): FileList;
  slice(start?: number, end?: number): FileList;
  concat(...lists: (FileRecord | ConcatArray<FileRecord>)[]): FileList;
}

interface TransferFields {
  /** path in the archive */
  readonly file_path: string;
  /** path on this machine */
  readonly path: string;
  /** downloaded, replaced (there, but not the archive's any more), uploaded, skipped (there already), planned (dry_run) or failed */
  readonly status: string;
  /** bytes moved */
  readonly bytes: number;
  /** bytes of the whole file; null where it is not known */
  readonly size: number | null;
  /** time it took */
  readonly seconds: number;
  /** how the bytes were compared with the archive's: md5 or size; null: they were not */
  readonly verified: string | null;
  /** why it failed, or null */
  readonly error: any;
}
interface Transfer extends Spellings<TransferFields> {}
/** The result of one file; an entry of a TransferReport. */
declare class Transfer {
  private constructor();
}

/** The per-file results of a download or an upload, in the order they were asked for. */
declare class TransferReport extends Array<Transfer> {
  private constructor();
  /** entries that were fetched */
  readonly downloaded: TransferReport;
  /** entries that were there, differed from the archive's and were fetched */
  readonly replaced: TransferReport;
  /** entries that were sent */
  readonly uploaded: TransferReport;
  /** entries that were there already */
  readonly skipped: TransferReport;
  /** entries that failed; download(report.failed) tries them again */
  readonly failed: TransferReport;
  filter<S extends Transfer>(test: (item: Transfer, index: number, list: Transfer[]) => item is S): S[];
  filter(test: (item: Transfer, index: number, list: Transfer[]) => unknown, thisArg?: any): TransferReport;
  slice(start?: number, end?: number): TransferReport;
  concat(...lists: (Transfer | ConcatArray<Transfer>)[]): TransferReport;
}

interface CDFFileFields {
  /** where the file is on this machine */
  readonly path: string;
  /** version of the format, such as 3.9.0 */
  readonly version: string;
  /** how numbers are stored: IBMPC, NETWORK, … */
  readonly encoding: string;
  /** global attributes: a value each, or a list */
  readonly attrs: string;
  /** of each variable its name, type, dims, records and attrs */
  readonly variables: string;
  /** what is odd in the file */
  readonly warnings: string;
}
interface CDFFile extends Spellings<CDFFileFields> {}
interface CDFFileGetOptions {
  /** first time, in UTC: '2026-01-20T06:00' */
  from?: any | null;
  /** end, which is not included; a day is; '07:00' is on the day of from */
  to?: any | null;
  /** 'nan': NaN in place of the fill value */
  fill?: Fill | null;
}
interface CDFFileTimesOptions {
  /** utc: ISO 8601; tt2000: nanoseconds since J2000 as BigInt; date: Date, in milliseconds */
  as?: TimeAs | null;
}
interface CDFFileTableOptions {
  /** first time, in UTC: '2026-01-20T06:00' */
  from?: any | null;
  /** end, which is not included; a day is; '07:00' is on the day of from */
  to?: any | null;
  /** 'nan': NaN in place of the fill value */
  fill?: Fill | null;
  /** how many records; left out: 20 */
  rows?: number | null;
}
/**
 * An open CDF file; open gives it.
 * @example open('imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf').attrs.Logical_source
 * @example open('imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf').times('epoch')[0]
 * @example open('imap_mag_l2_norm-dsrf_20260105_v001.0001.cdf').check().length
 */
declare class CDFFile {
  private constructor();
  /**
   * Reads a variable, whole or between two times; gives a CDFValues.
   * @param variable name of a variable
   */
  get(variable: string, options?: Spellings<CDFFileGetOptions>): CDFValues;
  /**
   * Gives the times of a variable's records: exact UTC strings, or {as: 'tt2000'} a BigInt64Array.
   * @param variable a variable of times, or one whose times are meant; left out: the first one of times
   */
  times(variable?: string, options?: Spellings<CDFFileTimesOptions>): any;
  /** Checks the file against the ISTP guidelines and against its name; gives a list of findings. */
  check(): any[];
  /**
   * Draws variables as lines, spectrograms or maps of the sky, in the terminal or into a file.
   * @param variables a variable, or a list; left out: those that the file calls data
   */
  plot(variables?: OneOrMore<string>, options?: Spellings<PlotOptions>): void;
  /**
   * Prints the first records of a variable.
   * @param variable name of a variable
   */
  table(variable: string, options?: Spellings<CDFFileTableOptions>): void;
}

interface CDFValuesFields {
  /** name of the variable */
  readonly name: string;
  /** type in the file: FLOAT, INT8, … */
  readonly type: string;
  /** its UNITS */
  readonly units: string;
  /** the values, record after record, each row-major: a typed array; BigInt64Array for INT8 and TIME_TT2000; strings */
  readonly data: string;
  /** number of records, then the sizes of the dimensions */
  readonly shape: string;
  /** UTC of each record; null: the variable has no times */
  readonly times: string;
  /** attributes of the variable */
  readonly attrs: string;
}
interface CDFValues extends Spellings<CDFValuesFields> {}
interface CDFValuesTableOptions {
  /** how many records; left out: 20 */
  rows?: number | null;
}
/** Values of a CDF's variable with their times; get gives them. */
declare class CDFValues {
  private constructor();
  /** Prints the first records as a table. */
  table(options?: Spellings<CDFValuesTableOptions>): void;
  /** Gives all records as CSV text with a line of names. */
  toCSV(): string;
}

interface PacketReportFields {
  /** number of packets */
  readonly packets: string;
  /** bytes of the files */
  readonly bytes: string;
  /** of each APID its packets, bytes, first and last time, missing packets, gaps, duplicates */
  readonly apids: string;
  /** places whose bytes are no packet: file, offset, length */
  readonly junk: string;
  /** last packets that are cut: file, offset, have, want */
  readonly truncated: string;
}
interface PacketReport extends Spellings<PacketReportFields> {}
interface PacketReportDecodeOptions {
  /** only these APIDs */
  apid?: OneOrMore<number> | null;
  /** values as the packets have them, not calibrated */
  raw?: boolean | null;
}
/**
 * What the packets of level 0 files are; packets gives it.
 * @example packets('imap_mag_l0_raw_20260101_v001.0001.pkts').packets
 */
declare class PacketReport {
  private constructor();
  /**
   * Decodes the packets by a definition in XTCE; gives an array of {apid, sequence, utc, container, fields}.
   * @param xtce file of a definition in XTCE
   */
  decode(xtce: string, options?: Spellings<PacketReportDecodeOptions>): any[];
}

interface KernelFields {
  /** where the file is on this machine */
  readonly path: string;
  /** LSK, SCLK, FK, IK, PCK, MK, SPK or CK, by the file's content */
  readonly kind: string;
}
interface Kernel extends Spellings<KernelFields> {}
interface KernelCoverageOptions {
  /** leap second kernel; left out: the newest of the data directory */
  lsk?: string | null;
  /** spacecraft clock kernel; left out: the newest of the data directory */
  sclk?: string | null;
}
/** A SPICE kernel; kernel gives it. */
declare class Kernel {
  private constructor();
  /** Lists what an SPK or a CK kernel covers: {body, start, end} in UTC. */
  coverage(options?: Spellings<KernelCoverageOptions>): any[];
}

interface SeriesChunkFields {
  /** name of the file */
  readonly file: string;
  /** seconds without data before it; 0: none */
  readonly gap: string;
  /** records left out, since the file before has their times */
  readonly overlap: string;
  /** name of the variable */
  readonly name: string;
  /** type in the file: FLOAT, INT8, … */
  readonly type: string;
  /** its UNITS */
  readonly units: string;
  /** the values, record after record, each row-major: a typed array; BigInt64Array for INT8 and TIME_TT2000; strings */
  readonly data: string;
  /** number of records, then the sizes of the dimensions */
  readonly shape: string;
  /** UTC of each record; null: the variable has no times */
  readonly times: string;
  /** attributes of the variable */
  readonly attrs: string;
}
interface SeriesChunk extends Spellings<SeriesChunkFields> {}
/** The records of one file in a CDFSeries; they are read when they are looked at. */
declare class SeriesChunk {
  private constructor();
}

/**
 * One variable over several files, in the order of time: an array of SeriesChunks, one a file.
 * @example query({instrument: 'mag', data_level: 'l2', descriptor: 'norm-dsrf', start_date: '20260105', end_date: '20260107'}).series('b_dsrf').data().shape
 */
declare class CDFSeries extends Array<SeriesChunk> {
  private constructor();
  /** Joins all chunks into one CDFValues, or refuses and says how large it would be. */
  data(): CDFValues;
  /** Gives all records as CSV text with a line of names. */
  toCSV(): string;
  /** Prints a line for each file: its records, the time without data before it, and what overlaps. */
  table(): void;
  filter<S extends SeriesChunk>(test: (item: SeriesChunk, index: number, list: SeriesChunk[]) => item is S): S[];
  filter(test: (item: SeriesChunk, index: number, list: SeriesChunk[]) => unknown, thisArg?: any): CDFSeries;
  slice(start?: number, end?: number): CDFSeries;
  concat(...lists: (SeriesChunk | ConcatArray<SeriesChunk>)[]): CDFSeries;
}

/**
 * A file name of the archive, of any class.
 * @example ImapFilePath.parse('imap_mag_l1-calibration_20251017_v001.cdf')
 */
declare class ImapFilePath {
  /**
   * Finds the class of a name and reads it.
   * @param name file name, or a path that ends in one
   */
  static parse(name: FileArgument): AnyFilePath;
}

interface ScienceFilePathFields {
  /** imap */
  readonly mission: string;
  /** mag, swe, … */
  readonly instrument: Instrument;
  /** l0, l1a, … */
  readonly data_level: DataLevel;
  /** what the file holds: norm-mago, l1-calibration, … */
  readonly descriptor: string;
  /** first day, YYYYMMDD */
  readonly start_date: string;
  /** number of the repointing, or null */
  readonly repointing: number | null;
  /** Carrington rotation, or null */
  readonly cr: number | null;
  /** major part of the version; null for vNNN */
  readonly major_version: number | null;
  /** minor part of the version */
  readonly minor_version: number;
  /** version of the file */
  readonly version: string;
  /** without the dot */
  readonly extension: string;
  /** the name itself */
  readonly filename: string;
}
interface ScienceFilePath extends Spellings<ScienceFilePathFields> {}
interface ScienceFilePathGenerateFromInputsOptions {
  /** instrument */
  instrument?: Instrument | null;
  /** data level such as l1a */
  data_level?: DataLevel | null;
  /** name of the product */
  descriptor?: string | null;
  /** first day of the data: 20260105, 2026-01-05, 2026-005, today, yesterday, -7d */
  start_date?: string | number | Date | null;
  /** v001.0003 or v003; or give its two numbers */
  version?: string | null;
  /** 0 to 999; left out: the older form vNNN */
  major_version?: number | null;
  /** 0 to 9999 */
  minor_version?: number | null;
  /** number, or repoint00012: 12, repoint00012 */
  repointing?: number | string | null;
  /** number of the Carrington rotation, or cr02300: 2305, cr02305 */
  cr?: number | string | null;
  /** default: that of the class */
  extension?: string | null;
}
/**
 * Name of a science product (cdf) or of raw packets (pkts).
 * @example new ScienceFilePath('imap_swe_l0_sci_20240101_v001.pkts').constructPath()
 * @example ScienceFilePath.generateFromInputs({instrument: 'swe', data_level: 'l0', descriptor: 'sci', start_date: '20240101', version: 'v001.0001'})
 */
declare class ScienceFilePath extends ImapFilePath {
  /**
   * Name of a science product (cdf) or of raw packets (pkts).
   * @param name file name, or a path that ends in one
   */
  constructor(name: FileArgument);
  /** Gives the file's place on this machine, under DATA_DIR. */
  constructPath(): string;
  /** Gives the file's place in the archive. */
  archivePath(): string;
  /** Gives the name of the following version. */
  next(): ScienceFilePath;
  /**
   * Reports whether two names are versions of one file.
   * @param name file name, or a path that ends in one
   */
  sameFile(name: FileArgument): boolean;
  /**
   * Orders names, for sort: below 0 when this one comes first; versions of one file older first.
   * @param name file name, or a path that ends in one
   */
  compare(name: FileArgument): number;
  /** Builds a name from its parts. */
  static generateFromInputs(options?: Spellings<ScienceFilePathGenerateFromInputsOptions>): ScienceFilePath;
}

interface AncillaryFilePathFields {
  /** imap */
  readonly mission: string;
  /** mag, swe, … */
  readonly instrument: Instrument;
  /** what the file holds: norm-mago, l1-calibration, … */
  readonly descriptor: string;
  /** first day, YYYYMMDD */
  readonly start_date: string;
  /** last day; null where the name has none */
  readonly end_date: string | null;
  /** version of the file */
  readonly version: string;
  /** without the dot */
  readonly extension: string;
  /** the name itself */
  readonly filename: string;
}
interface AncillaryFilePath extends Spellings<AncillaryFilePathFields> {}
interface AncillaryFilePathGenerateFromInputsOptions {
  /** instrument */
  instrument?: Instrument | null;
  /** name of the table */
  descriptor?: string | null;
  /** first day it holds for: 20260105, 2026-01-05, 2026-005, today, yesterday, -7d */
  start_date?: string | number | Date | null;
  /** last day it holds for; left out: no end: 20260105, 2026-01-05, 2026-005, today, yesterday, -7d */
  end_date?: string | number | Date | null;
  /** v003 */
  version?: string | null;
  /** such as csv */
  extension?: string | null;
}
/**
 * Name of a calibration or another table that products are made with.
 * @example new AncillaryFilePath('imap_mag_l1-calibration_20251017_v001.cdf').validOn('2026-01-05')
 */
declare class AncillaryFilePath extends ImapFilePath {
  /**
   * Name of a calibration or another table that products are made with.
   * @param name file name, or a path that ends in one
   */
  constructor(name: FileArgument);
  /** Gives the file's place on this machine, under DATA_DIR. */
  constructPath(): string;
  /** Gives the file's place in the archive. */
  archivePath(): string;
  /** Gives the name of the following version. */
  next(): AncillaryFilePath;
  /**
   * Reports whether two names are versions of one file.
   * @param name file name, or a path that ends in one
   */
  sameFile(name: FileArgument): boolean;
  /**
   * Orders names, for sort: below 0 when this one comes first; versions of one file older first.
   * @param name file name, or a path that ends in one
   */
  compare(name: FileArgument): number;
  /**
   * Reports whether the file's validity covers a day.
   * @param day a day, such as 2026-01-05
   */
  validOn(day: string | number | Date): boolean;
  /** Builds a name from its parts. */
  static generateFromInputs(options?: Spellings<AncillaryFilePathGenerateFromInputsOptions>): AncillaryFilePath;
}

interface SPICEFilePathFields {
  /** kind of kernel or table: attitude_history, spin, … */
  readonly type: string;
  /** version of the file */
  readonly version: string;
  /** first day, YYYYMMDD */
  readonly start_date: string;
  /** last day; null where the name has none */
  readonly end_date: string | null;
  /** without the dot */
  readonly extension: string;
  /** the name itself */
  readonly filename: string;
}
interface SPICEFilePath extends Spellings<SPICEFilePathFields> {}
/** Name of a SPICE kernel or of a spin, repointing or thruster table. */
declare class SPICEFilePath extends ImapFilePath {
  /**
   * Name of a SPICE kernel or of a spin, repointing or thruster table.
   * @param name file name, or a path that ends in one
   */
  constructor(name: FileArgument);
  /** Gives the file's place on this machine, under DATA_DIR. */
  constructPath(): string;
  /** Gives the file's place in the archive. */
  archivePath(): string;
  /** Gives the name of the following version. */
  next(): SPICEFilePath;
  /**
   * Reports whether two names are versions of one file.
   * @param name file name, or a path that ends in one
   */
  sameFile(name: FileArgument): boolean;
  /**
   * Orders names, for sort: below 0 when this one comes first; versions of one file older first.
   * @param name file name, or a path that ends in one
   */
  compare(name: FileArgument): number;
}

interface QuicklookFilePathFields {
  /** imap */
  readonly mission: string;
  /** mag, swe, … */
  readonly instrument: Instrument;
  /** l0, l1a, … */
  readonly data_level: DataLevel;
  /** what the file holds: norm-mago, l1-calibration, … */
  readonly descriptor: string;
  /** first day, YYYYMMDD */
  readonly start_date: string;
  /** number of the repointing, or null */
  readonly repointing: number | null;
  /** Carrington rotation, or null */
  readonly cr: number | null;
  /** major part of the version; null for vNNN */
  readonly major_version: number | null;
  /** minor part of the version */
  readonly minor_version: number;
  /** version of the file */
  readonly version: string;
  /** without the dot */
  readonly extension: string;
  /** the name itself */
  readonly filename: string;
}
interface QuicklookFilePath extends Spellings<QuicklookFilePathFields> {}
interface QuicklookFilePathGenerateFromInputsOptions {
  /** instrument */
  instrument?: Instrument | null;
  /** data level such as l1a */
  data_level?: DataLevel | null;
  /** name of the product */
  descriptor?: string | null;
  /** first day of the data: 20260105, 2026-01-05, 2026-005, today, yesterday, -7d */
  start_date?: string | number | Date | null;
  /** v001.0003 or v003; or give its two numbers */
  version?: string | null;
  /** 0 to 999; left out: the older form vNNN */
  major_version?: number | null;
  /** 0 to 9999 */
  minor_version?: number | null;
  /** number, or repoint00012: 12, repoint00012 */
  repointing?: number | string | null;
  /** number of the Carrington rotation, or cr02300: 2305, cr02305 */
  cr?: number | string | null;
  /** default: that of the class */
  extension?: string | null;
}
/** Name of a picture for a quick look at a product. */
declare class QuicklookFilePath extends ImapFilePath {
  /**
   * Name of a picture for a quick look at a product.
   * @param name file name, or a path that ends in one
   */
  constructor(name: FileArgument);
  /** Gives the file's place on this machine, under DATA_DIR. */
  constructPath(): string;
  /** Gives the file's place in the archive. */
  archivePath(): string;
  /** Gives the name of the following version. */
  next(): QuicklookFilePath;
  /**
   * Reports whether two names are versions of one file.
   * @param name file name, or a path that ends in one
   */
  sameFile(name: FileArgument): boolean;
  /**
   * Orders names, for sort: below 0 when this one comes first; versions of one file older first.
   * @param name file name, or a path that ends in one
   */
  compare(name: FileArgument): number;
  /** Builds a name from its parts. */
  static generateFromInputs(options?: Spellings<QuicklookFilePathGenerateFromInputsOptions>): QuicklookFilePath;
}

interface DependencyFilePathFields {
  /** imap */
  readonly mission: string;
  /** mag, swe, … */
  readonly instrument: Instrument;
  /** l0, l1a, … */
  readonly data_level: DataLevel;
  /** what the file holds: norm-mago, l1-calibration, … */
  readonly descriptor: string;
  /** first day, YYYYMMDD */
  readonly start_date: string;
  /** number of the repointing, or null */
  readonly repointing: number | null;
  /** Carrington rotation, or null */
  readonly cr: number | null;
  /** major part of the version; null for vNNN */
  readonly major_version: number | null;
  /** minor part of the version */
  readonly minor_version: number;
  /** version of the file */
  readonly version: string;
  /** without the dot */
  readonly extension: string;
  /** the name itself */
  readonly filename: string;
}
interface DependencyFilePath extends Spellings<DependencyFilePathFields> {}
interface DependencyFilePathGenerateFromInputsOptions {
  /** instrument */
  instrument?: Instrument | null;
  /** data level such as l1a */
  data_level?: DataLevel | null;
  /** name of the product */
  descriptor?: string | null;
  /** first day of the data: 20260105, 2026-01-05, 2026-005, today, yesterday, -7d */
  start_date?: string | number | Date | null;
  /** v001.0003 or v003; or give its two numbers */
  version?: string | null;
  /** 0 to 999; left out: the older form vNNN */
  major_version?: number | null;
  /** 0 to 9999 */
  minor_version?: number | null;
  /** number, or repoint00012: 12, repoint00012 */
  repointing?: number | string | null;
  /** number of the Carrington rotation, or cr02300: 2305, cr02305 */
  cr?: number | string | null;
  /** default: that of the class */
  extension?: string | null;
}
/** Name of the list of files that a product was made from. */
declare class DependencyFilePath extends ImapFilePath {
  /**
   * Name of the list of files that a product was made from.
   * @param name file name, or a path that ends in one
   */
  constructor(name: FileArgument);
  /** Gives the file's place on this machine, under DATA_DIR. */
  constructPath(): string;
  /** Gives the file's place in the archive. */
  archivePath(): string;
  /** Gives the name of the following version. */
  next(): DependencyFilePath;
  /**
   * Reports whether two names are versions of one file.
   * @param name file name, or a path that ends in one
   */
  sameFile(name: FileArgument): boolean;
  /**
   * Orders names, for sort: below 0 when this one comes first; versions of one file older first.
   * @param name file name, or a path that ends in one
   */
  compare(name: FileArgument): number;
  /** Builds a name from its parts. */
  static generateFromInputs(options?: Spellings<DependencyFilePathGenerateFromInputsOptions>): DependencyFilePath;
}

interface ReleaseFilePathFields {
  /** imap */
  readonly mission: string;
  /** mag, swe, … */
  readonly instrument: Instrument;
  /** what the file holds: norm-mago, l1-calibration, … */
  readonly descriptor: string;
  /** first day, YYYYMMDD */
  readonly start_date: string;
  /** last day; null where the name has none */
  readonly end_date: string | null;
  /** version of the file */
  readonly version: string;
  /** without the dot */
  readonly extension: string;
  /** the name itself */
  readonly filename: string;
}
interface ReleaseFilePath extends Spellings<ReleaseFilePathFields> {}
interface ReleaseFilePathGenerateFromInputsOptions {
  /** instrument */
  instrument?: Instrument | null;
  /** name of the table */
  descriptor?: string | null;
  /** first day it holds for: 20260105, 2026-01-05, 2026-005, today, yesterday, -7d */
  start_date?: string | number | Date | null;
  /** last day it holds for; left out: no end: 20260105, 2026-01-05, 2026-005, today, yesterday, -7d */
  end_date?: string | number | Date | null;
  /** v003 */
  version?: string | null;
  /** such as csv */
  extension?: string | null;
}
/** Name of the manifest of a data release. */
declare class ReleaseFilePath extends ImapFilePath {
  /**
   * Name of the manifest of a data release.
   * @param name file name, or a path that ends in one
   */
  constructor(name: FileArgument);
  /** Gives the file's place on this machine, under DATA_DIR. */
  constructPath(): string;
  /** Gives the file's place in the archive. */
  archivePath(): string;
  /** Gives the name of the following version. */
  next(): ReleaseFilePath;
  /**
   * Reports whether two names are versions of one file.
   * @param name file name, or a path that ends in one
   */
  sameFile(name: FileArgument): boolean;
  /**
   * Orders names, for sort: below 0 when this one comes first; versions of one file older first.
   * @param name file name, or a path that ends in one
   */
  compare(name: FileArgument): number;
  /** Builds a name from its parts. */
  static generateFromInputs(options?: Spellings<ReleaseFilePathGenerateFromInputsOptions>): ReleaseFilePath;
}

/** The settings of this session. */
declare const config: {
  /** where files lie on this machine (IMAP_DATA_DIR, --data-dir) */
  DATA_DIR: string | null;
  /** base URL of the archive (IMAP_DATA_ACCESS_URL, --url); a credential stays with the host it was given for */
  DATA_ACCESS_URL: string | null;
  /** key for the present URL (IMAP_API_KEY, --api-key); it reads as '<set>' */
  API_KEY: string | null;
  /** token for the present URL (IMAP_ACCESS_TOKEN); it reads as '<set>' */
  ACCESS_TOKEN: string | null;
};

/** the arguments of a recipe, an array of strings */
declare const args: any[];

/** console.log, info and debug print as print does, error and warn on the stream for messages */
declare const console: {log: (...values: any[]) => void, info: (...values: any[]) => void, debug: (...values: any[]) => void, error: (...values: any[]) => void, warn: (...values: any[]) => void};

/** A call that was made wrongly, or that this machine cannot carry out. */
declare class UsageError extends Error {
  /** what to do next, where there is something */
  readonly hint?: string;
}

/** A name that follows no convention of the archive, or a file of this machine that is not what it should be. */
declare class InvalidFileError extends Error {
  /** what to do next, where there is something */
  readonly hint?: string;
}

/** The archive refused a request or did not answer. */
declare class SDCError extends Error {
  /** HTTP status, or null where there was no answer */
  readonly status: any;
  /** what was asked of whom */
  readonly endpoint: any;
  /** what the server said */
  readonly detail: any;
  /** what the error comes from, such as not_found, key_refused or down; null where no more is known */
  readonly reason: any;
  /** what to do next, where there is something */
  readonly hint?: string;
}

/** The archive has no such file. */
declare class NotFoundError extends SDCError {
}

/** The archive wants another credential. */
declare class AuthError extends SDCError {
}

/** Some files of a list failed. */
declare class TransferError extends SDCError {
  /** the TransferReport; download(report.failed) tries again what failed */
  readonly report: any;
}

