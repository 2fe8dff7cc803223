// Package transcript reads what people have as the transcript of an episode into a
// Script: who says which sentences, and what else the transcript holds.
//
// Parse reads text saved from a web page, HTML, Markdown or plain prose, or what another
// program exports; ParseOffice reads a word processor's file; see Forms. They decide
// with the whole text in view which of its lines are said, which of them begin with
// the label of a speaker, and which are directions, show notes or a footer. FromLines
// does the same for the lines of captions. SplitSentences cuts the words of a paragraph
// into sentences.
//
//	export -> pieces of what is said, with their speakers (forms.go, table.go, export_*.go) -> lines
//	office file -> paragraphs (office*.go) -> lines
//	captions -> lines that are said once (captions.go)
//	text -> clean text (text_clean.go) -> lines without their format (text.go, text_mark.go, text_tags.go, text_html.go)
//	        and without what stood on each page of a PDF (text_pages.go), as many as a day's speech has (size.go)
//	     -> items (page.go): speech, labels (page_label.go, page_inline.go, page_speakers.go) and remarks in
//	        them (page_remarks.go), directions and times (direction.go, times.go), notes (page_header.go,
//	        page_ends.go, page_boilerplate.go)
//	     -> words and sentences (words.go, sentences.go)
//	     -> Script (page_build.go, script.go)
//
// Lists of words are in the code for the languages that most pages are in, and for some forty others in vocabulary.txt.
//
// The folder testdata/shapes has a short page for each shape of a label, a header, a footer or a
// direction, and what is read in it.
//
// No line of text is lost: one that isn't said is a Direction or a Note. What is left out for good is
// no text of its own: markup, times within and before what is said, numbers of lines, and of office
// files what readers of the page don't see or don't take for its text, such as heads of pages,
// footnotes and what was deleted. In doubt a line is taken for speech, since the aligner notices
// sentences that nobody speaks; of a sentence it may also pass by the Asides (asides.go), such as web
// addresses.
//
// Lines are numbered from 1, paragraphs, turns, sentences and words from 0. The time
// that reading takes is linear in the length of the text.
package transcript
