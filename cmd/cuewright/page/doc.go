// Package page writes reports as pages: each is one HTML file that needs no network and
// nothing beside it but the recording, which it plays from where it lies.
//
//   - Alignment is an episode that was captioned, and Check is captions that were checked:
//     the Report of either is the page to look at and listen to, and Report.Write writes it.
//   - Table is rows to sort and to search, as of a batch; Table.Write writes it.
//
// Whatever comes from strangers - words, names - reaches the page as JSON in a script
// element that isn't run, and is shown by textContent. The content security policy lets
// nothing in from outside, and of scripts and styles only the page's own, by their hashes.
//
// Times are time.Duration from the start of the recording here, and milliseconds in the
// JSON of a page; levels are in dBFS here, and bytes there. Links are relative to where the
// page will lie.
package page
