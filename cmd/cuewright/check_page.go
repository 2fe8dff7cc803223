package main

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/cmd/cuewright/page"
	"cuewright/subtitles"
	"cuewright/subtitles/check"
	"cuewright/subtitles/format"
)

// episodePage is what the page at path shows of any episode: cues, and the
// recording, its speech and the words found in it, as far as they are known.
func episodePage(path, recording string, levels []float32, speech []audio.Segment, a *align.Alignment, cues []format.Cue) (page.Report, error) {
	p := page.Report{Speech: speech, Levels: page.Levels(levels), Duration: audio.FrameTime(len(levels))}
	if recording != "" && recording != standardInput {
		var err error
		if p.Audio, err = page.FileURL(path, recording); err != nil {
			return p, fmt.Errorf("%s: can't be found from %s: %w", recording, path, err)
		}
	}
	for _, c := range cues {
		var lines []string
		sound := true
		for _, l := range c.Lines {
			lines = append(lines, l.Text())
			sound = sound && l.Sound
		}
		speaker := cueSpeaker(c)
		if n := len(p.Cues); sound && n > 0 {
			speaker = p.Cues[n-1].Speaker // a sound is no turn
		}
		p.Duration = max(p.Duration, c.End)
		p.Cues = append(p.Cues, page.Cue{Segment: c.Segment, Speaker: speaker, Text: strings.Join(lines, "\n"), Expected: -time.Millisecond, Confidence: -1})
	}
	if a == nil {
		for _, c := range p.Cues {
			if n := len(p.Turns); n > 0 && p.Turns[n-1].Speaker == c.Speaker {
				p.Turns[n-1].End = max(p.Turns[n-1].End, c.End)
			} else {
				p.Turns = append(p.Turns, page.Turn{Segment: c.Segment, Speaker: c.Speaker})
			}
		}
		return p, nil
	}
	for _, t := range a.Turns {
		if t.Spoken {
			p.Turns = append(p.Turns, page.Turn{Segment: t.Segment, Speaker: t.Speaker})
		}
		for _, s := range t.Sentences {
			for _, w := range s.Words {
				if w.Spoken {
					p.Words = append(p.Words, page.Word{Segment: w.Segment, Text: w.Text, Confidence: w.Confidence})
				}
			}
		}
	}
	return p, nil
}

// checkPage is the page of a check, to be written to path.
func checkPage(r *checkResult, path string) ([]byte, error) {
	c := r.report
	var levels []float32
	if r.frames != nil {
		levels = r.frames.Level
	}
	p, err := episodePage(path, r.job.Audio, levels, c.Speech, c.Alignment, r.cues)
	if err != nil {
		return nil, err
	}
	p.Title, p.Lang = filepath.Base(r.job.Captions), c.Lang
	var against []string
	for _, name := range []string{r.job.Audio, r.job.Transcript, r.job.Reference} {
		if name != "" {
			against = append(against, filepath.Base(name))
		}
	}
	p.Subtitle = fmt.Sprintf("checked against %s · language %s · style %s", strings.Join(against, ", "), c.Lang, r.preset.Name)
	for i, k := range c.Cues {
		cue := &p.Cues[i]
		if k.Known {
			cue.Expected, cue.Confidence = k.Expected, k.Confidence
		}
		for _, f := range k.Findings {
			if level := page.Level(c.Findings[f].Level); cue.Level != page.Error {
				cue.Level = level
			}
		}
	}
	counts := map[check.Level]int{}
	for _, f := range c.Findings {
		counts[f.Level]++
		out := page.Finding{
			Segment: f.Segment, Kind: string(f.Kind), Level: page.Level(f.Level), Message: f.Message, Text: f.Text, Cue: f.Cue, Expected: -time.Millisecond,
		}
		if f.Cues == 0 {
			out.Cue = -1
		}
		if f.Located {
			out.Expected = f.Expected
		}
		if f.Kind == check.Offset || f.Kind == check.Drift {
			out.Repair = r.repair()
		}
		p.Findings = append(p.Findings, out)
	}
	style := map[string]int{}
	for _, f := range r.lint {
		// A rule is shown where it is broken first, and how often.
		style[f.Rule]++
	}
	for _, f := range r.lint {
		n := style[f.Rule]
		if n == 0 {
			continue
		}
		style[f.Rule] = 0
		cue := r.cues[f.Cue]
		p.Findings = append(p.Findings, page.Finding{
			Segment: cue.Segment, Kind: "style: " + f.Rule, Level: pick(lintLevel(f) == check.Error, page.Error, page.Note),
			Message: fmt.Sprintf("%s, for the first time here: %.4g, and %.4g is allowed", count(n, "time"), f.Value, f.Limit), Text: cue.Text(), Cue: f.Cue, Expected: -time.Millisecond,
		})
	}
	slices.SortStableFunc(p.Findings, func(x, y page.Finding) int { return cmp.Compare(severity(x.Level), severity(y.Level)) })

	fact := func(label, value string, level page.Level) {
		p.Facts = append(p.Facts, page.Fact{Label: label, Value: value, Level: level})
	}
	fact("errors", fmt.Sprint(counts[check.Error]), pick(counts[check.Error] > 0, page.Error, ""))
	fact("warnings", fmt.Sprint(counts[check.Warning]), pick(counts[check.Warning] > 0, page.Warning, ""))
	if n, errors := len(r.lint), r.lintCount(check.Error); n > 0 {
		fact("style", count(errors, "error")+", "+count(n-errors, "warning"), pick(errors > 0, page.Error, page.Warning))
	}
	if c.Timing.Cues > 0 {
		fact("offset", fmt.Sprintf("%+.2f s", c.Timing.Offset.Seconds()), "")
		fact("drift", fmt.Sprintf("%+.2f %%", 100*(c.Timing.Rate-1)), "")
	}
	if c.Comparison != nil && c.Comparison.Cues.N > 0 {
		s := c.Comparison.Cues
		fact("median error", fmt.Sprintf("%.2f s", s.Median.Seconds()), "")
		fact("95 % within", fmt.Sprintf("%.2f s", s.P95.Seconds()), "")
	}
	if r.frames != nil {
		fact("of the speech covered", fmt.Sprintf("%.1f %%", 100*c.Coverage), "")
	}
	return pageBytes(p)
}

// severity orders levels, the worst first.
func severity(l page.Level) int {
	return slices.Index([]page.Level{page.Error, page.Warning, page.Note}, l)
}

func pageBytes(p page.Report) ([]byte, error) {
	var b bytes.Buffer
	err := p.Write(&b)
	return b.Bytes(), err
}

// alignPage is the page of an episode that was captioned, to be written to path.
func alignPage(path string, j job, r *result) ([]byte, error) {
	a := r.alignment
	preset, err := subtitles.PresetNamed(j.Preset)
	if err != nil {
		return nil, err
	}
	cues := subtitles.Layout(a, preset.For("vtt"), subtitles.LayoutOptions{NoSounds: j.NoSoundCues, KeepUnspoken: j.KeepUnspoken})
	p, err := episodePage(path, j.Audio, r.levels, a.Speech, a, cues)
	if err != nil {
		return nil, err
	}
	p.Title, p.Lang = filepath.Base(j.Audio), a.Lang
	p.Subtitle = fmt.Sprintf("captioned from %s · language %s · style %s", filepath.Base(j.Transcript), a.Lang, preset.Name)
	for i, c := range cues {
		p.Cues[i].Confidence = c.Confidence
	}

	var unspoken, sentences int
	var outside time.Duration
	var uncertain []page.Finding
	var sure []float64
	add := func(f page.Finding) { p.Findings = append(p.Findings, f) }
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			sentences++
			f := page.Finding{Segment: s.Segment, Text: subtitles.SentenceText(s), Cue: -1, Expected: -time.Millisecond}
			switch {
			case !s.Spoken:
				unspoken++
				f.Kind, f.Level, f.Message = "unspoken", page.Warning, "in the transcript, but not heard: left out of the captions"
				if j.KeepUnspoken {
					f.Message = "in the transcript, but not heard"
				}
				add(f)
			case s.Confidence < doubtful:
				f.Kind, f.Level = "uncertain", page.Note
				f.Message = fmt.Sprintf("confidence %.2f that it starts here", s.Confidence)
				uncertain = append(uncertain, f)
				sure = append(sure, s.Confidence)
			}
		}
	}
	for _, u := range a.Unscripted {
		f := page.Finding{Segment: u.Segment, Kind: "unscripted", Level: page.Warning, Cue: -1, Expected: -time.Millisecond}
		outside += u.Duration()
		f.Message = fmt.Sprintf("%.1f s of speech that the transcript lacks", u.Duration().Seconds())
		if u.Kind == align.UnscriptedMusic {
			f.Kind, f.Level, f.Message = "music", page.Note, fmt.Sprintf("%.1f s of music or other sound", u.Duration().Seconds())
		}
		for _, d := range a.Directions {
			if u.Overlap(d.Segment) > 0 {
				f.Text = "[" + d.Text + "]"
			}
		}
		add(f)
	}
	order := make([]int, len(uncertain))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(sure[x], sure[y]) })
	for _, i := range order {
		add(uncertain[i])
	}
	slices.SortStableFunc(p.Findings, func(x, y page.Finding) int { return cmp.Compare(severity(x.Level), severity(y.Level)) })

	p.Facts = []page.Fact{
		{Label: "confidence", Value: fmt.Sprintf("%.2f", confidence(a))},
		{Label: "turns", Value: fmt.Sprint(len(a.Turns))},
		{Label: "sentences", Value: fmt.Sprint(sentences)},
		{Label: "cues", Value: fmt.Sprint(len(cues))},
		{Label: "unspoken sentences", Value: fmt.Sprint(unspoken), Level: pick(unspoken > 0, page.Warning, "")},
		{Label: "unscripted", Value: fmt.Sprintf("%.1f s", outside.Seconds())},
	}
	return pageBytes(p)
}
