package transcript

import (
	"slices"
	"strings"
)

// Heading is the title of a part of what is said: a heading of the page, or a line such as CHAPTER 1. Headings of show notes,
// and the one that announces the transcript, are none.
type Heading struct {
	Text string
	Line int // of the transcript, from 1
	// The heading stands before Turns[Turn].Sentences[Sentence]. Turn is len(Turns) for one that nothing
	// follows.
	Turn, Sentence int
}

// isHeading reports whether the item is a heading, but not the one that announces the transcript.
func (it *item) isHeading() bool {
	if it.reason != "heading" && (it.reason != "" || it.level == 0 || it.isName || it.dir) {
		return false
	}
	kind, _ := headingOf(it)
	return kind == noHeading
}

// isSpokenHeading reports whether item i may be said and is the title of a part all the same, as the reader of a
// book says Chapter One: a line of its own.
func (p *page) isSpokenHeading(i int) bool {
	it := &p.items[i]
	alone := it.spaced && (i+1 == len(p.items) || p.items[i+1].spaced)
	return alone && it.speech() && it.level == 0 && !it.isName && isPartHeading(it.plain)
}

// titles returns which items are titles of parts of what is said, in order. The first part may have its title right above what
// was taken for the start of the script; it has the level of another one. What stands above all that is said and
// has a level of its own is the title of the page.
func (p *page) titles() []int {
	var titles []int
	if p.captions { // of an export, which says what its title is
		for i := range p.items {
			if it := &p.items[i]; it.level > titleLevel && it.isHeading() {
				titles = append(titles, i)
			}
		}
		return titles
	}
	levels := map[int]int{}
	spoken := len(p.items) // the first item of the script that is said
	for i := max(0, p.start-1); i < len(p.items); i++ {
		it := &p.items[i]
		switch {
		case it.isHeading(), i >= p.start && p.isSpokenHeading(i):
			titles = append(titles, i)
			if levels[it.level]++; !it.isHeading() {
				spoken = min(spoken, i)
			}
		case i >= p.start && it.speech():
			spoken = min(spoken, i)
		}
	}
	return slices.DeleteFunc(titles, func(i int) bool { return i < spoken && levels[p.items[i].level] == 1 })
}

// pageTitle returns the title of the page: the first heading of the highest level, if it stands above all that is said;
// "" where there is none.
func (p *page) pageTitle() string {
	for i := range p.items {
		switch it := &p.items[i]; {
		case it.level == titleLevel && !it.chrome:
			if kind, _ := headingOf(it); kind == noHeading {
				return strings.Join(strings.Fields(unmark(it.text)), " ")
			}
		case i >= p.start && it.speech():
			return ""
		}
	}
	return ""
}

// heading adds the title of a part before what comes next. Titles that stand one below the other are one, such as CHAPTER 1
// and THE FERRY; of two parts on the same level the first is empty.
func (b *builder) heading(it *item) {
	text := strings.TrimSpace(unmark(it.text))
	text = strings.TrimRight(strings.TrimSpace(text[len(leadingTime(text)):]), ":： ")
	if text == "" {
		return
	}
	h := Heading{Text: text, Line: it.num, Turn: len(b.script.Turns)}
	if b.open {
		h.Turn--
		h.Sentence = len(b.script.Turns[h.Turn].Sentences)
	}
	n := len(b.script.Headings)
	if n == 0 || b.script.Headings[n-1].Turn != h.Turn || b.script.Headings[n-1].Sentence != h.Sentence {
		b.script.Headings, b.level = append(b.script.Headings, h), it.level
		return
	}
	last := &b.script.Headings[n-1]
	if below := it.level > b.level || it.level == 0 && b.level == 0; below {
		last.Text += ": " + h.Text
	} else {
		*last = h
	}
	b.level = it.level
}
