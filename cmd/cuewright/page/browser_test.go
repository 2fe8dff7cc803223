//go:build !race

package page_test

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"cuewright/audio"
	"cuewright/cmd/cuewright/episode"
	"cuewright/cmd/cuewright/internal/sample"
	"cuewright/cmd/cuewright/page"
	"cuewright/subtitles"
	"cuewright/subtitles/check"
)

// browser starts Chromium, or skips the test where there is none. Errors in the
// page and what its policy refuses fail the test, or have to come if it complains.
func browser(t *testing.T, complains bool) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		t.Skip("no Chromium is installed: pages are not opened in a browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("autoplay-policy", "no-user-gesture-required"), chromedp.WindowSize(1400, 900),
	)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	var mu sync.Mutex
	var complaints []string
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			complaints = append(complaints, e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			complaints = append(complaints, e.Entry.Text)
		}
	}))
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute) // CI may be busy
	t.Cleanup(cancel)
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		if len(complaints) > 0 && !complains {
			t.Errorf("the page complains: %s", strings.Join(complaints, "; "))
		}
		if len(complaints) == 0 && complains {
			t.Error("the page did not complain")
		}
	})
	return ctx
}

func open(t *testing.T, ctx context.Context, file string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(fileURL(t, file)))
}

func fileURL(t *testing.T, file string) string {
	t.Helper()
	abs, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	url, err := page.FileURL("/index.html", abs)
	if err != nil {
		t.Fatal(err)
	}
	return "file:///" + strings.TrimPrefix(url, "./")
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// ask evaluates an expression in the page.
func ask[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func js(statements string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void]("{" + statements + "}")
}

// until waits for an expression to come true.
func until(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(10*time.Second))); err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
}

func expect[T comparable](t *testing.T, ctx context.Context, expression string, want T) {
	t.Helper()
	if got := ask[T](t, ctx, expression); got != want {
		t.Errorf("%s is %v, want %v", expression, got, want)
	}
}

// sampleCheck captions the sample episode, moves a cue, checks the captions, and
// returns what was checked, its page included, and what was found.
func sampleCheck(t *testing.T) (episode.CheckJob, *check.Document) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"audio.wav", "page.txt"} {
		data, err := os.ReadFile(sample.File(name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	j := episode.Job{Audio: at("audio.wav"), Transcript: at("page.txt"), Outputs: []string{at("sample.vtt")}, Options: episode.DefaultOptions()}
	if _, err := episode.Run(t.Context(), j, episode.Hooks{}); err != nil {
		t.Fatal(err)
	}
	vtt, err := os.ReadFile(at("sample.vtt"))
	if err != nil {
		t.Fatal(err)
	}
	cues, _, err := subtitles.Read("vtt", string(vtt))
	if err != nil {
		t.Fatal(err)
	}
	moved := &cues[6]
	moved.Start, moved.End = moved.Start-1500*time.Millisecond, moved.End-1500*time.Millisecond
	var b strings.Builder
	if err := subtitles.Write(&b, "vtt", subtitles.Captions{Cues: cues}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at("moved.vtt"), []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	c := episode.CheckJob{
		Audio: at("audio.wav"), Transcript: at("page.txt"), Captions: at("moved.vtt"), Preset: "youtube", Model: episode.SeedModel,
		Tolerance: 250 * time.Millisecond, HTML: at("report.html"),
	}
	r, err := episode.Check(t.Context(), c, episode.Hooks{})
	if err != nil {
		t.Fatal(err)
	}
	return c, r.Document
}

// TestPageSample opens the page of the sample episode, counts, plays from a
// finding, and moves by the keyboard alone.
func TestPageSample(t *testing.T) {
	t.Parallel()
	ctx := browser(t, false)
	j, d := sampleCheck(t)
	open(t, ctx, j.HTML)
	until(t, ctx, "player.readyState > 0")
	expect(t, ctx, "document.title", "moved.vtt")
	expect(t, ctx, "document.querySelectorAll('#cues .cue').length", len(d.Cues))
	expect(t, ctx, "turns.length", 10)
	expect(t, ctx, "document.querySelectorAll('#cues .turn').length", 10)
	expect(t, ctx, "document.querySelectorAll('#findings .finding').length", ask[int](t, ctx, "findings.length"))
	expect(t, ctx, "player.textTracks[0].cues.length", len(d.Cues))
	expect(t, ctx, "Math.abs(player.duration * 1000 - duration) < 10", true)
	if n := ask[int](t, ctx, "findings.filter((f) => f.kind === 'misplaced' && Math.abs(f.expected - f.start - 1500) < 20).length"); n != 1 {
		t.Errorf("the cue that was moved is found %d times", n)
	}

	// A click on a finding plays it.
	at := ask[float64](t, ctx, "findings[0].start / 1000")
	do(t, ctx, chromedp.Click("#findings .finding"))
	until(t, ctx, fmt.Sprintf("!player.paused && player.currentTime > %v && player.currentTime < %v", at-0.7, at+5))
	expect(t, ctx, "document.querySelector('#findings [aria-current]').id", "finding-0")
	do(t, ctx, js("player.pause()"))

	// Keys: the next finding, a second on, ten back, zoom, the ends.
	do(t, ctx, js("document.activeElement.blur(); choose(0, false)"), chromedp.KeyEvent("n"))
	expect(t, ctx, "selected", 1)
	until(t, ctx, "!player.paused")
	do(t, ctx, chromedp.KeyEvent(" "))
	until(t, ctx, "player.paused")
	do(t, ctx, js("seek(20000)"), chromedp.KeyEvent(kb.ArrowRight))
	expect(t, ctx, "Math.round(position)", 21000)
	do(t, ctx, chromedp.KeyEvent(kb.ArrowLeft, chromedp.KeyModifiers(chromedp.ModifierShift)))
	expect(t, ctx, "Math.round(position)", 11000)
	do(t, ctx, chromedp.KeyEvent("0"))
	until(t, ctx, "view.start === 0 && view.end === duration")
	do(t, ctx, js("seek(words[8].start + 10)"), chromedp.KeyEvent("w"))
	until(t, ctx, "view.end - view.start < 4000 && view.start < position && !target")
	do(t, ctx, chromedp.KeyEvent("+"))
	until(t, ctx, "!target && view.end - view.start < 2000")
	do(t, ctx, chromedp.KeyEvent(kb.Home))
	expect(t, ctx, "position", 0)
	do(t, ctx, chromedp.KeyEvent("j"))
	expect(t, ctx, "position === cues[0].start", true)

	// The tabulator reaches all; in a list the arrows move and Enter plays.
	do(t, ctx, chromedp.KeyEvent("c"), chromedp.KeyEvent(kb.End))
	expect(t, ctx, "document.activeElement.parentElement.id", fmt.Sprintf("cue-%d", len(d.Cues)-1))
	do(t, ctx, chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.Enter))
	until(t, ctx, "!player.paused && Math.abs(player.currentTime * 1000 - cues[cues.length - 2].start) < 3000")
	do(t, ctx, js("player.pause(); document.activeElement.blur()"))
	reached := map[string]bool{}
	for range 25 {
		do(t, ctx, chromedp.KeyEvent(kb.Tab))
		reached[ask[string](t, ctx, "document.activeElement.id || document.activeElement.parentElement.id.replace(/-.*/, '')")] = true
	}
	for _, id := range []string{"play", "next", "previous", "speed", "timeline", "in", "out", "finding", "kinds", "search", "cue"} {
		if !reached[id] {
			t.Errorf("the tabulator does not reach %s, but %v", id, reached)
		}
	}

	// What a screen reader says.
	do(t, ctx, js("player.pause(); seek(cues[0].start + 10)"))
	if s := ask[string](t, ctx, "timeline.getAttribute('aria-valuetext')"); !strings.HasPrefix(s, "1 second, Caller 1: Is that the council?") {
		t.Errorf("the time line is read as %q", s)
	}
	expect(t, ctx, "[...document.querySelectorAll('button, select, input, [role]')].filter((e) => !(e.textContent.trim() || e.labels?.length || e.ariaLabel || e.getAttribute('aria-labelledby') || e.id === 'trouble')).length", 0)

	// Light and dark.
	background := func(scheme string) string {
		features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
			t.Fatal(err)
		}
		return ask[string](t, ctx, "getComputedStyle(document.body).backgroundColor")
	}
	if light, dark := background("light"), background("dark"); light == dark {
		t.Errorf("light and dark are both %s", light)
	}
}

// TestPageOffset opens the page of SubRip captions that come late: the offset is
// played from where it is heard, with the command that takes it out.
func TestPageOffset(t *testing.T) {
	t.Parallel()
	ctx := browser(t, false)
	j, d := sampleCheck(t)
	j.Captions, j.Transcript, j.HTML = filepath.Join(filepath.Dir(j.HTML), "late.srt"), "", filepath.Join(filepath.Dir(j.HTML), "late.html")
	cues, _ := subtitles.Retime(d.Cues, 1, 2*time.Second)
	var b strings.Builder
	if err := subtitles.Write(&b, "srt", subtitles.Captions{Cues: cues}); err != nil { // without labels
		t.Fatal(err)
	}
	if err := os.WriteFile(j.Captions, []byte(b.String()+"\n99\n00:01:40,000 --> 00:01:40,100\nThank you for your attention.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := episode.Check(t.Context(), j, episode.Hooks{}); err != nil {
		t.Fatal(err)
	}
	open(t, ctx, j.HTML)
	until(t, ctx, "player.readyState > 0")
	expect(t, ctx, "findings[0].kind", "offset")
	expect(t, ctx, "document.querySelectorAll('#cues .turn').length", 0)
	expect(t, ctx, "[...document.querySelectorAll('#facts div')].map((d) => d.textContent).join().includes('style1 error, 2 warnings')", true)
	do(t, ctx, chromedp.Click("#findings .finding"))
	until(t, ctx, "!player.paused && player.currentTime < 4")
	if s := ask[string](t, ctx, "document.querySelector('#detail .repair').textContent"); !strings.HasPrefix(s, "cuewright convert ") || !strings.Contains(s, "late-fixed.srt --shift -2.0") {
		t.Errorf("the repair is %q", s)
	}
}

// hostile is markup that would run if it were taken for any.
const hostile = `</script><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`

// TestPageHostile: what comes from strangers is shown as text.
func TestPageHostile(t *testing.T) {
	t.Parallel()
	ctx := browser(t, false)
	dir := t.TempDir()
	if err := sample.MakeShort(dir); err != nil {
		t.Fatal(err)
	}
	wav := filepath.Join(dir, `<img src=x onerror=window.hacked=1> #%41?&amp;.wav`)
	if err := os.Rename(filepath.Join(dir, "short.wav"), wav); err != nil {
		t.Skipf("this file system has no such names: %v", err)
	}
	text := filepath.Join(dir, "hostile.txt")
	script := "Caller 1: Is that the council? The town clock has stopped again, and I can hear it humming. " + hostile + "\n\n" +
		"<img src=x onerror=window.hacked=1>: Yes, " + hostile + " it is.\n\nCaller 1: {{data}} \u2028 good.\n"
	// Tags within text are read as HTML, and entities as text.
	if err := os.WriteFile(text, []byte(html.EscapeString(script)), 0o666); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "page.html")
	outputs := []string{filepath.Join(dir, "out.vtt")}
	j := episode.Job{Audio: wav, Transcript: text, Outputs: outputs, HTML: file, Options: episode.DefaultOptions()}
	j.Force, j.KeepUnspoken = true, true
	if _, err := episode.Run(t.Context(), j, episode.Hooks{}); err != nil {
		t.Fatal(err)
	}
	open(t, ctx, file)
	until(t, ctx, "player.readyState > 0") // the name is right in spite of its marks
	expect(t, ctx, "document.title", filepath.Base(wav))
	expect(t, ctx, "document.getElementById('title').textContent", filepath.Base(wav))
	expect(t, ctx, "window.hacked === undefined", true)
	expect(t, ctx, "document.images.length", 0)
	expect(t, ctx, "document.scripts.length", 2)
	for _, want := range []string{"</script><img", "<img src=x", "{{data}}"} {
		if !ask[bool](t, ctx, fmt.Sprintf("document.getElementById('cues').textContent.includes(%q)", want)) {
			t.Errorf("the cues don't show %s: %s", want, ask[string](t, ctx, "document.getElementById('cues').textContent"))
		}
	}
	do(t, ctx, chromedp.KeyEvent("n"), chromedp.Sleep(100*time.Millisecond))
	expect(t, ctx, "window.hacked === undefined && document.images.length === 0", true)

	// A table.
	table := page.Table{
		Title: hostile, Subtitle: hostile, Facts: []page.Fact{{Label: hostile, Value: hostile}},
		Columns: []page.Column{{Name: "episode"}, {Name: "confidence", Number: true}},
		Rows: []page.Row{
			{Cells: []string{hostile, "0.5"}, Link: "./page.html", Level: page.Warning},
			{Cells: []string{"b", "10"}}, {Cells: []string{"a", "9"}}, {Cells: []string{"c", ""}, Level: page.Error},
		},
	}
	file = filepath.Join(dir, "table.html")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(table.Write(f), f.Close()); err != nil {
		t.Fatal(err)
	}
	open(t, ctx, file)
	expect(t, ctx, "window.hacked === undefined && document.images.length === 0", true)
	expect(t, ctx, "document.querySelector('td a').textContent", hostile)
	column := "[...document.querySelectorAll('td:nth-child(2)')].map((e) => e.textContent).join()"
	do(t, ctx, chromedp.Click("th:nth-child(2) button"))
	expect(t, ctx, column, "0.5,9,10,")
	do(t, ctx, chromedp.Click("th:nth-child(2) button"))
	expect(t, ctx, column, "10,9,0.5,")
	do(t, ctx, chromedp.SendKeys("#search", "IMG"))
	expect(t, ctx, column, "0.5")
}

// TestPagePolicy: the page can't be made to load or to run anything.
func TestPagePolicy(t *testing.T) {
	t.Parallel()
	ctx := browser(t, true)
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	file := filepath.Join(t.TempDir(), "page.html")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	r := page.Report{Title: "Policy", Duration: time.Second, Cues: []page.Cue{{Segment: audio.Segment{End: time.Second}, Text: "Hello"}}}
	if err := errors.Join(r.Write(f), f.Close()); err != nil {
		t.Fatal(err)
	}
	open(t, ctx, file)
	do(t, ctx, js(fmt.Sprintf(`
		for (const tag of ['img', 'script', 'iframe', 'video']) {
			const e = document.createElement(tag);
			e.src = %q;
			document.body.append(e);
		}
		const s = document.createElement('script');
		s.textContent = 'window.hacked = 1';
		document.body.append(s);
		const d = document.createElement('div');
		d.innerHTML = '<b onclick="window.hacked=1">x</b>';
		document.body.append(d);
		d.firstChild.click();
	`, server.URL)))
	refused, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf("fetch(%q).then(() => false, () => true)", server.URL), chromedp.EvalAwaitPromise))
	if err != nil || !refused {
		t.Errorf("the page can fetch: %v", err)
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the page asked the network %d times", n)
	}
	expect(t, ctx, "window.hacked === undefined", true)
}
