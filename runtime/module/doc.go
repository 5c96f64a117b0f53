// Package module turns files with import, export or TypeScript into code that the
// session's engine runs: it finds the files that a script imports, through a Reader
// alone, and has esbuild join or translate them. Places in the result lead back to the
// places in the files.
//
// Neither the disk nor a setting of it (tsconfig.json, package.json, node_modules) is
// looked at beside what the Reader gives.
package module
