// Package ebustl reads and writes files of EBU Tech 3264, the exchange format of European television: a block of 1024
// bytes about the file (GSI), and blocks of 128 bytes with times and text (TTI). Text is rows of cells on a screen of
// 40 columns and 23 rows, in one of five character code tables; the codes of teletext take a cell each. Files are
// written for teletext of level 1, in letters of double height in a black box; those of open subtitles are read, too.
//
// The package knows nothing of other formats. Times are counted in frames.
package ebustl
