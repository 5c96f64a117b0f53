// Package xtce decodes the fields of space packets by a definition in XTCE, the XML Telemetric and
// Command Exchange format (CCSDS 660.0-B-2). IMAP's instrument teams describe their packets in it.
//
// What it knows is what such definitions use: integers of up to 64 bits, IEEE 754 and MIL-STD-1750A floats, strings,
// binary fields, enumerations, booleans and times; sizes that are fixed, or depend on another field;
// polynomial and spline calibrators, also by context; containers that extend others where
// comparisons, ANDed or ORed, hold. What it does not know it refuses by name and line when the
// definition is read: a field that is decoded wrongly looks like data.
package xtce
