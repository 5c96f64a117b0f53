// Package plot draws series over time or numbers, spectrograms and sky maps. It knows no IMAP and no files:
// a [Figure] holds numbers and says what they are called.
//
// A figure is laid out once as a scene of lines, rectangles, texts and pictures. SVG, PNG and a
// terminal's characters are three ways to draw the same scene.
package plot
