// Package cea608 has the codes and the characters of line 21 captions, CEA-608
// (https://www.govinfo.gov/app/details/CFR-2010-title47-vol1/CFR-2010-title47-vol1-sec15-119 has them in the law of
// the United States), of which files of Scenarist are made. A caption is rows of cells on a screen of 15 rows and 32
// columns; what a frame carries is a Pair of bytes. Load returns the pairs that send a caption to be shown at once
// (pop-on), and a Decoder has the screen that pairs make, also those of captions that roll up or are painted on.
//
// It reads and writes the first channel, CC1, and knows neither times nor files.
package cea608
