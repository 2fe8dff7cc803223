// Package readable writes what is said in a recording for people to read: turns with their
// speakers and times, in paragraphs.
//
//   - WriteText writes plain text, and WriteMarkdown Markdown.
//   - WriteHTML writes HTML in the form that Podcasting 2.0 recommends for transcripts.
//   - WritePage writes a page that plays the recording and highlights the word that is said.
//
// Whatever is written is read again, by package transcript, as the same words of the same
// speakers. Text comes from strangers: nothing of it becomes markup or a script. The same
// transcript gives the same bytes.
//
// The package knows no alignment and no cues; package subtitles makes a Transcript of either.
package readable
