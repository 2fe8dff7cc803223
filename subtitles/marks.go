package subtitles

import (
	"strings"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// leastMusic is how long music lasts that is shown without a direction: shorter pieces are signals
// between parts of a programme, which say nothing to a reader.
const leastMusic = 3 * time.Second

// marks are the texts that stand for what the transcript has nothing for.
type marks struct{ music, speech string }

// marksIn returns the marks in the language of a BCP 47 tag, in English for one that there are none in.
func marksIn(lang string) marks {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if m, found := map[string]marks{
		"de": {"Musik", "nicht im Transkript"},
		"es": {"música", "no está en la transcripción"},
		"fr": {"musique", "paroles non transcrites"},
		"it": {"musica", "parlato non trascritto"},
		"nl": {"muziek", "niet in het transcript"},
		"pt": {"música", "fala não transcrita"},
		"ru": {"музыка", "нет в расшифровке"},
	}[base]; found {
		return m
	}
	return marks{"music", "speech not in transcript"}
}

// unscriptedMarks returns, as directions and in order, what is heard that the transcript neither has
// nor announces: music that is certain and lasts, and speech if o says so.
func unscriptedMarks(a *align.Alignment, o LayoutOptions) (found []align.Direction) {
	announced := map[audio.Segment]bool{}
	for _, d := range a.Directions {
		if isShown(d) {
			announced[d.Segment] = true
		}
	}
	text := marksIn(a.Lang)
	for _, u := range a.Unscripted {
		d := align.Direction{Segment: u.Segment, Kind: transcript.Sound, Text: text.speech}
		shown := o.MarkUnscripted && u.Kind == align.UnscriptedSpeech
		if u.Melodic {
			d.Kind, d.Text = transcript.Music, text.music
			shown = !o.NoSounds && u.Duration() > leastMusic
		}
		if shown && !announced[u.Segment] {
			found = append(found, d)
		}
	}
	return found
}
