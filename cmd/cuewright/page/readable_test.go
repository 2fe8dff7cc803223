//go:build !race

package page_test

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/internal/sample"
)

// readable captions a short recording as a page to read, and returns the page.
func readable(t *testing.T, wav, script string) string {
	t.Helper()
	dir := t.TempDir()
	if err := sample.MakeShort(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "short.wav"), filepath.Join(dir, wav)); err != nil {
		t.Skipf("this file system has no such names: %v", err)
	}
	text := filepath.Join(dir, "script.txt")
	if err := os.WriteFile(text, []byte(script), 0o666); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "page.read.html")
	j := episode.Job{Audio: filepath.Join(dir, wav), Transcript: text, Outputs: []string{file}, Options: episode.DefaultOptions()}
	j.Force, j.KeepUnspoken = true, true
	if _, err := episode.Run(t.Context(), j, episode.Hooks{}); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestReadablePage plays from words and times, follows what is said, and searches, by the mouse and by the keyboard.
func TestReadablePage(t *testing.T) {
	t.Parallel()
	ctx := browser(t, false)
	open(t, ctx, readable(t, "short.wav", sample.ShortText+"\nNora: Nobody says this council speech.\n"))
	until(t, ctx, "audio.readyState > 0")
	expect(t, ctx, "document.title", "page")
	word := func(i int) string { return fmt.Sprintf("main [data-t]:nth-of-type(%d)", i) }

	// A click on a word plays from there, and the word is marked while it is said.
	do(t, ctx, chromedp.Click(word(9)))
	until(t, ctx, "!audio.paused && audio.currentTime >= starts[8]")
	until(t, ctx, "document.querySelector('.now') !== null && timed.indexOf(document.querySelector('.now')) >= 9")
	expect(t, ctx, "document.querySelectorAll('.now').length", 1)
	do(t, ctx, js("audio.pause(); audio.currentTime = ends.at(-1) + 0.3"))
	until(t, ctx, "document.querySelector('.now') === null")
	do(t, ctx, js("audio.currentTime = starts[4]"))
	until(t, ctx, "document.querySelector('.now') === timed[4]")

	// A click that selects text does not play, nor does one on a word that nobody says.
	do(t, ctx, js("getSelection().selectAllChildren(document.querySelector('main p')); timed[0].click()"))
	expect(t, ctx, "audio.paused", true)
	do(t, ctx, js("getSelection().empty(); [...document.querySelectorAll('main p span:not([data-t])')].at(-1).click()"))
	expect(t, ctx, "audio.paused", true)

	// By the keyboard: the tabulator reaches all but the words, and Enter plays from a paragraph.
	reached := map[string]bool{}
	do(t, ctx, js("document.activeElement.blur(); $('find').value = 'x'; search()"))
	for range 30 {
		do(t, ctx, chromedp.KeyEvent(kb.Tab))
		reached[ask[string](t, ctx, "document.activeElement.id || document.activeElement.className || document.activeElement.tagName")] = true
	}
	for _, name := range []string{"skip", "AUDIO", "find", "follow", "at"} {
		if !reached[name] {
			t.Errorf("the tabulator does not reach %s, but %v", name, reached)
		}
	}
	do(t, ctx, js("audio.currentTime = 0; document.querySelector('a.at').focus()"), chromedp.KeyEvent(kb.Enter))
	until(t, ctx, "!audio.paused")
	expect(t, ctx, "location.pathname.endsWith('/page.read.html')", true)
	do(t, ctx, js("audio.pause()"))

	// A search goes over words and accents, from match to match, and plays.
	do(t, ctx, js("$('find').value = ''; search()"), chromedp.SendKeys("#find", "CÓUNCIL"))
	until(t, ctx, "$('found').textContent === '1 of 2'")
	expect(t, ctx, "document.querySelectorAll('.hit').length === 2 && document.querySelectorAll('.here').length === 1", true)
	do(t, ctx, chromedp.KeyEvent(kb.Enter))
	expect(t, ctx, "$('found').textContent", "2 of 2")
	do(t, ctx, chromedp.KeyEvent(kb.Enter))
	expect(t, ctx, "$('found').textContent", "1 of 2")
	do(t, ctx, chromedp.Click("#play"))
	until(t, ctx, "!audio.paused && audio.currentTime < starts[4] + 1")
	do(t, ctx, js("audio.pause()"), chromedp.SendKeys("#find", kb.Escape))
	expect(t, ctx, "document.querySelectorAll('.hit').length", 0)
	do(t, ctx, chromedp.SendKeys("#find", "the council? the town"))
	expect(t, ctx, "document.querySelectorAll('.here').length", 4)
	do(t, ctx, chromedp.SendKeys("#find", "x"))
	expect(t, ctx, "$('found').textContent", "not found")

	// It finds names of speakers, and plays from what they say first.
	do(t, ctx, chromedp.SendKeys("#find", kb.Escape), chromedp.SendKeys("#find", "caller"))
	expect(t, ctx, "document.querySelector('.here').matches('cite')", true)
	do(t, ctx, js("audio.currentTime = starts[4]"), chromedp.Click("#play"))
	until(t, ctx, "!audio.paused && audio.currentTime >= starts[0] && audio.currentTime < starts[4]")
	do(t, ctx, js("audio.pause()"))

	// What there is to reach has a name, and the parts of the page are landmarks.
	expect(t, ctx, "[...document.querySelectorAll('button, input')].filter((e) => !(e.ariaLabel || e.labels?.length)).length", 0)
	expect(t, ctx, "document.querySelectorAll('header, main, aside[aria-label], [role=search]').length", 4)

	// Light and dark, wide and narrow: text stands out by 4.5 to 1 at the least, and nothing is wider than the page.
	do(t, ctx, js("timed[0].classList.add('now'); timed[1].classList.add('hit'); timed[2].classList.add('hit', 'here')"))
	for _, scheme := range []string{"light", "dark"} {
		features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
			t.Fatal(err)
		}
		if low := ask[string](t, ctx, contrasts); low != "" {
			t.Errorf("%s: %s", scheme, low)
		}
	}
	do(t, ctx, chromedp.EmulateViewport(360, 640))
	expect(t, ctx, "document.documentElement.scrollWidth", 360)
	do(t, ctx, js("document.documentElement.dir = 'rtl'")) // as in Hebrew
	expect(t, ctx, "document.documentElement.scrollWidth", 360)
}

// contrasts returns those elements that don't stand out, with the ratio of WCAG 2.2.
const contrasts = `(() => {
	const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
	const luminance = (color) => {
		canvas.fillStyle = color;
		canvas.fillRect(0, 0, 1, 1);
		const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
			.map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const low = [];
	for (const e of document.querySelectorAll('h1, label, output, main :is(p, span, i, cite, time)')) {
		let below = e;
		while (below.parentElement && getComputedStyle(below).backgroundColor === 'rgba(0, 0, 0, 0)') below = below.parentElement;
		const [x, y] = [luminance(getComputedStyle(e).color), luminance(getComputedStyle(below).backgroundColor)];
		const ratio = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
		if (ratio < 4.5) low.push(e.tagName + '.' + e.className + ' ' + ratio.toFixed(1));
	}
	return low.join(', ');
})()`

// TestReadablePageHostile: what comes from strangers is shown as text.
func TestReadablePageHostile(t *testing.T) {
	t.Parallel()
	ctx := browser(t, false)
	// Tags within text are read as HTML, and entities as text.
	script := "Caller 1: Is that the council? The town clock has stopped again, and I can hear it humming. " + hostile + "\n\n" +
		"<img src=x onerror=window.hacked=1>: Yes, " + hostile + " it is.\n\nCaller 1: {{turns}} {{script}} \u2028 good.\n"
	open(t, ctx, readable(t, `"><img src=x onerror=window.hacked=1> #%41?&amp;.wav`, html.EscapeString(script)))
	until(t, ctx, "audio.readyState > 0") // the name is right in spite of its marks
	expect(t, ctx, "window.hacked === undefined && document.images.length === 0 && document.scripts.length === 1", true)
	for _, want := range []string{"</script><img", "<img src=x", "{{turns}}", "{{script}}"} {
		expect(t, ctx, fmt.Sprintf("document.querySelector('main').textContent.includes(%q)", want), true)
	}
	do(t, ctx, chromedp.SendKeys("#find", "</script>"))
	expect(t, ctx, "$('found').textContent", "1 of 4")
	expect(t, ctx, "window.hacked === undefined && document.images.length === 0", true)
}

// TestReadablePageAlone: without scripts the page is complete, and without a recording there is nothing to play.
func TestReadablePageAlone(t *testing.T) {
	t.Parallel()
	ctx := browser(t, false)
	file := readable(t, "short.wav", sample.ShortText)
	scripts := func(off bool) {
		p := emulation.SetScriptExecutionDisabledParams{Value: off}
		if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, p); err != nil {
			t.Fatal(err)
		}
	}
	scripts(true)
	open(t, ctx, file)
	expect(t, ctx, "document.querySelector('main').innerText.includes('Is that the council?')", true)
	expect(t, ctx, "document.querySelector('#search').hidden && document.querySelector('audio').controls", true)
	expect(t, ctx, "document.querySelector('a.at').getAttribute('href').startsWith('./short.wav#t=')", true)
	scripts(false)
	silent := filepath.Join(t.TempDir(), "silent.read.html")
	v := episode.Conversion{In: filepath.Join(t.TempDir(), "a.srt"), Out: silent, Stretch: 1}
	if err := os.WriteFile(v.In, []byte("1\n00:00:01,000 --> 00:00:03,000\nIs that the council?\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := episode.Convert(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	open(t, ctx, silent)
	expect(t, ctx, "document.querySelectorAll('audio, a.at, .live').length", 0)
	expect(t, ctx, "$('play').offsetWidth + document.querySelector('.follow').offsetWidth", 0)
	do(t, ctx, chromedp.SendKeys("#find", "council"))
	expect(t, ctx, "$('found').textContent", "1 of 1")
}
