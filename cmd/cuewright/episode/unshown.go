package episode

import (
	"fmt"
	"strings"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/cmd/cuewright/internal/show"
)

// mostNamed is how many directions a warning names.
const mostNamed = 5

// Unshown returns the directions that no cue shows: they are neither edges of clips nor sounds, as far
// as is known.
func Unshown(a *align.Alignment) (unshown []align.Direction) {
	for _, d := range a.Directions {
		if d.Kind == transcript.Other {
			unshown = append(unshown, d)
		}
	}
	return unshown
}

// Unshown returns a warning about the directions of an alignment that no cue shows, "" where there are
// none or no sounds are wanted.
func (j *Job) Unshown(a *align.Alignment) string {
	if w := unshown(a); w != "" && !j.NoSoundCues {
		return j.Transcript + ": " + w
	}
	return ""
}

func unshown(a *align.Alignment) string {
	all := Unshown(a)
	if len(all) == 0 {
		return ""
	}
	var names []string
	for _, d := range all[:min(len(all), mostNamed)] {
		names = append(names, "["+show.Excerpt(d.Text)+"]")
	}
	if more := len(all) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return fmt.Sprintf("%s not shown, as no sound that is known: %s", show.Count(len(all), "direction"), strings.Join(names, ", "))
}
