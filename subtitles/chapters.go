package subtitles

import (
	"io"
	"time"

	"cuewright/align"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// chapterCues returns a cue for each chapter, up to the next one or the end of the recording.
func chapterCues(a *align.Alignment) []format.Cue {
	var cues []format.Cue
	for i, c := range a.Chapters {
		title := format.Clean(c.Title)
		if title == "" {
			continue
		}
		end := a.End
		if i+1 < len(a.Chapters) {
			end = a.Chapters[i+1].Start
		}
		end = max(end, c.Start+time.Millisecond)
		line := format.Line{Words: []format.Word{{Text: title}}}
		cues = append(cues, format.Cue{Segment: audio.Segment{Start: c.Start, End: end}, Confidence: 1, Lines: []format.Line{line}})
	}
	return cues
}

// writeChaptersVTT writes the chapters as a track of WebVTT (https://www.w3.org/TR/webvtt1/, section 1.9), for
// <track kind="chapters">; one without cues where there are none.
func writeChaptersVTT(w io.Writer, c *Captions) error {
	cues := chapterCues(c.Alignment)
	if len(cues) == 0 {
		_, err := io.WriteString(w, "WEBVTT\n")
		return err
	}
	return format.Write(w, "vtt", cues, format.Options{})
}

// writeChaptersJSON writes the chapters as Podcasting 2.0 has them
// (https://github.com/Podcastindex-org/podcast-namespace, chapters/jsonChapters.md); none where there are none.
func writeChaptersJSON(w io.Writer, c *Captions) error {
	type chapter struct {
		StartTime format.Seconds `json:"startTime"`
		Title     string         `json:"title"`
	}
	file := struct {
		Version  string    `json:"version"`
		Chapters []chapter `json:"chapters"`
	}{"1.2.0", []chapter{}}
	for _, cue := range chapterCues(c.Alignment) {
		file.Chapters = append(file.Chapters, chapter{format.Seconds(cue.Start), cue.Text()})
	}
	return format.WriteJSON(w, file, " ")
}
