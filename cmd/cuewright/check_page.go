package main

import (
	"bytes"

	"cuewright/cmd/cuewright/page"
	"cuewright/subtitles"
)

// played is the file that a page plays: none where the recording came by a pipe.
func played(recording string) string {
	if recording == standardInput {
		return ""
	}
	return recording
}

// checkPage is the page of a check, to be written to path.
func checkPage(r *checkResult, path string) ([]byte, error) {
	k := page.Check{Path: path, Recording: played(r.job.Audio), Document: r.document(), Repair: r.repair()}
	if r.frames != nil {
		k.Levels = r.frames.Level
	}
	return pageBytes(k.Report())
}

// alignPage is the page of an episode that was captioned, to be written to path.
func alignPage(path string, j job, r *result) ([]byte, error) {
	preset, err := subtitles.PresetNamed(j.Preset)
	if err != nil {
		return nil, err
	}
	e := page.Alignment{
		Path: path, Audio: j.Audio, Transcript: j.Transcript, Recording: played(j.Audio), Levels: r.levels,
		Alignment: r.alignment, Preset: preset.Name, KeepUnspoken: j.KeepUnspoken,
		Confidence: confidence(r.alignment), Doubtful: doubtful,
	}
	e.Cues = subtitles.Layout(r.alignment, preset.For("vtt"), subtitles.LayoutOptions{NoSounds: j.NoSoundCues, KeepUnspoken: j.KeepUnspoken})
	return pageBytes(e.Report())
}

func pageBytes(r *page.Report, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = r.Write(&b)
	return b.Bytes(), err
}
