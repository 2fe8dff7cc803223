package subtitles

import (
	"fmt"
	"strings"
	"testing"

	"cuewright/align/transcript"
	"cuewright/subtitles/format"
)

// TestSpeakersOfJSON: who speaks in JSON with segments has one name as captions and as a transcript, also within an
// object, which is an export alone.
func TestSpeakersOfJSON(t *testing.T) {
	for _, c := range []struct{ field, speaker, want string }{
		{"text", `"A"`, "Speaker A"}, {"text", "0", "Speaker 0"}, {"text", `"12"`, "Speaker 12"}, {"text", `" Mara "`, "Mara"},
		{"text", `"a"`, "a"}, {"text", `"UU"`, ""}, {"text", `"Unknown"`, ""}, {"text", `"?"`, ""}, {"text", `""`, ""}, {"text", "null", ""},
		{"text", `"SPEAKER_00"`, "SPEAKER_00"}, {"text", `"É"`, "Speaker É"}, {"text", `"李"`, "李"}, {"text", `"٣"`, "Speaker ٣"},
		{"body", `"A"`, "A"}, {"body", `"7"`, "7"}, {"body", `"Mara"`, "Mara"}, {"body", "null", ""},
	} {
		in := fmt.Sprintf(`{"segments": [{"speaker": %s, "start": 1, "end": 2, %q: "It is late, and the ferry has left."}]}`, c.speaker, c.field)
		for _, in := range []string{in, `{"data": ` + in + `}`} {
			cues, _, err := Read(Detect("", in), in)
			if err != nil {
				cues, _, err = Read("", in) // an export
			}
			if err != nil || cues[0].Lines[0].Speaker != c.want {
				t.Errorf("%s: %v, %+v", in, err, cues)
			}
			if s, err := transcript.Parse(in); err != nil || s.Turns[0].Speaker != c.want {
				t.Errorf("%s as a transcript: %v, %+v", in, err, s)
			}
		}
	}
}

// TestReadExports reads exports of other programs as captions where they have times.
func TestReadExports(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"TSV in milliseconds", "start\tend\ttext\n500\t1500\tIt is late.\n62000\t63500\tVery.\n", "0.5-1.5 : It is late. | 62-63.5 : Very."},
		{"one row of TSV", "start\tend\ttext\n0\t1500\tIt is late.\n", "0-1.5 : It is late."},
		{"CSV without ends", "Time,Speaker,Text\n0:01,Mara,It is late.\n0:04,Joon,Is it?\n", "1-4 Mara: It is late. | 4-9 Joon: Is it?"},
		{"CSV with ends", "Start;Ende;Sprecher;Text\n00:00:01,5;00:00:02,5;Mara;Es ist spät.\n", "1.5-2.5 Mara: Es ist spät."},
		{"whisper.cpp", `{"transcription": [{"offsets": {"from": 500, "to": 1500}, "text": " It is late."}]}`, "0.5-1.5 : It is late."},
		{"words with marks", `{"results": {"items": [
			{"type": "pronunciation", "start_time": "0.5", "end_time": "0.8", "alternatives": [{"content": "Late"}]},
			{"type": "punctuation", "alternatives": [{"content": "?"}]},
			{"type": "pronunciation", "start_time": "2", "end_time": "2.5", "alternatives": [{"content": "Very"}]}]}}`,
			"0.5-0.8 : Late? | 2-2.5 : Very"},
		{"utterances", `{"results": {"utterances": [{"start": 1, "end": 2, "speaker": 0, "transcript": "It is late."}]}}`,
			"1-2 Speaker 0: It is late."},
		{"chunks", `{"text": "a", "chunks": [{"timestamp": [1, 2], "text": " Late."}, {"timestamp": [3, null], "text": " Very."}]}`,
			"1-2 : Late. | 3-8 : Very."},
		{"CTM", "a 1 1.0 0.5 it\na 1 1.5 0.5 is\na 1 2.0 0.25 late\n", "1-2.25 : it is late"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cues, warnings, err := Read("", c.in)
			if err != nil || len(warnings) > 0 {
				t.Fatal(warnings, err)
			}
			var got []string
			for _, cue := range cues {
				var words []string
				for _, w := range cue.Lines[0].Words {
					words = append(words, w.Text)
				}
				got = append(got, fmt.Sprintf("%v-%v %s: %s", cue.Start.Seconds(), cue.End.Seconds(), cue.Lines[0].Speaker, strings.Join(words, " ")))
			}
			if got := strings.Join(got, " | "); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
	for _, c := range []struct{ in, want string }{
		{`{"text": "It is late."}`, "as JSON of Whisper it has no times: cuewright align makes captions of it with its recording"},
		{`{"lamp": 1}`, "there are no cues: JSON of an unknown form: its keys are lamp"},
		{"Speaker,Text\nMara,It is late.\n", "as CSV it has no times"},
		{"Mara: It is late.\nJoon: Is it?\n", "there are no cues: give WebVTT"},
	} {
		if cues, _, err := Read("", c.in); err == nil {
			t.Errorf("%s: read as %v", c.in, format.Entry{Segment: cues[0].Segment})
		} else if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.in, err, c.want)
		}
	}
}
