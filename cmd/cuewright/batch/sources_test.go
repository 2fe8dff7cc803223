package batch

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"cuewright/cmd/cuewright/episode"
	"cuewright/subtitles/format"
)

// TestCaptionsAreTranscripts: captions of any format that align takes serve as the
// transcript of the recording beside them, and an alignment does not.
func TestCaptionsAreTranscripts(t *testing.T) {
	serves := map[string]bool{"dfxp": true, "ssa": true, "SRT": true, "TextGrid": false, "alignment.json": false, "xml": false}
	for _, f := range format.Formats() {
		serves[f.Name] = true
	}
	for extension, want := range serves {
		dir := t.TempDir()
		for _, name := range []string{"a.wav", "a." + extension} {
			if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		episodes, strays, err := findEpisodes([]string{dir}, filepath.Join(dir, "out"), episode.DefaultOptions(), []string{"vtt"})
		if err != nil {
			t.Fatal(err)
		}
		paired := len(episodes) == 1 && strings.HasSuffix(episodes[0].Transcript, "."+extension)
		if paired != want || want != (len(strays) == 0) {
			t.Errorf("%s: %d episodes, strays %v", extension, len(episodes), strays)
		}
	}
}

// TestPairs: which transcript of a folder belongs to which recording, by their names.
func TestPairs(t *testing.T) {
	for _, c := range []struct{ files, want string }{
		{"ep.mp3 ep.txt", "ep.mp3+ep.txt"},
		{"ep.mp3 ep.en.txt", "ep.mp3+ep.en.txt"},
		{"ep.mp3 ep.pt-BR.srt", "ep.mp3+ep.pt-BR.srt"},
		{"ep.mp3 ep_de.txt", "ep.mp3+ep_de.txt"},
		{"ep.mp3 ep.mp3.txt", "ep.mp3+ep.mp3.txt"},
		{"ep.mp3 ep.mp3.en.vtt", "ep.mp3+ep.mp3.en.vtt"},
		{"ep.mp3 ep_transcript.txt", "ep.mp3+ep_transcript.txt"},
		{"ep.mp3 Ep Transcript.MD", "ep.mp3+Ep Transcript.MD"},
		{"ep.mp3 ep.transcript.en.html", "ep.mp3+ep.transcript.en.html"},
		{"ep.mp3 ep-(transcription).txt", "ep.mp3+ep-(transcription).txt"},
		{"1/audio.flac 1/transcript.txt 2/audio.flac 2/Transcript.txt", "1/audio.flac+1/transcript.txt 2/audio.flac+2/Transcript.txt"},
		{"ep.wav ep.tsv", "ep.wav+ep.tsv"},
		{"ep.wav ep.docx ep.txt", "ep.wav+ep.txt stray:ep.docx"},
		{"EP1.WAV ep1.TXT", "EP1.WAV+ep1.TXT"},
		{"Café.wav Café.txt", "Café.wav+Café.txt"},
		{"ep.wav ep.txt Ep.wav Ep.txt", "unclear:Ep.wav unclear:ep.wav"}, // their captions would have one name on some disks
		{"ep.en.wav ep.en.txt ep.de.wav ep.de.txt", "ep.de.wav+ep.de.txt ep.en.wav+ep.en.txt"},
		{"ep.wav ep.txt ep.en.txt", "ep.wav+ep.txt stray:ep.en.txt"},
		{"ep.wav ep.srt ep.en.txt", "ep.wav+ep.en.txt stray:ep.srt"},
		{"ep.wav ep.srt ep.en.vtt", "ep.wav+ep.srt stray:ep.en.vtt"},
		{"ep.wav ep.de.txt ep.en.txt", "unclear:ep.wav"},
		{"ep.wav ep_transcript.txt ep.en.txt", "unclear:ep.wav"},
		{"Ep.wav ep.wav EP.txt", "unclear:Ep.wav"},
		{"ep-is.wav ep.txt", "stray:ep-is.wav stray:ep.txt"}, // only a transcript's name has more
		{"ep.wav ep2.txt", "stray:ep.wav stray:ep2.txt"},
		{"ep.wav ep.zz.txt", "stray:ep.wav stray:ep.zz.txt"}, // no language
		{"ep.wav ep-notes.txt", "stray:ep-notes.txt stray:ep.wav"},
	} {
		dir := t.TempDir()
		for name := range strings.SplitSeq(c.files, " ") {
			name = filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, nil, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if got := pairsOf(t, dir, dir); got != c.want && runtime.GOOS == "linux" {
			t.Errorf("%s: %s, want %s", c.files, got, c.want)
		}
		if strings.Contains(c.want, "stray:") || strings.Contains(c.files, "/") {
			continue
		}
		// A glob that names the recordings alone, or the transcripts, finds the others.
		for _, pattern := range []string{"*.[wWmf][aAp][vV3]", "*.[tThms]*"} {
			if got := pairsOf(t, dir, filepath.Join(dir, pattern)); got != c.want && runtime.GOOS == "linux" {
				t.Errorf("%s, of which %s is named: %s, want %s", c.files, pattern, got, c.want)
			}
		}
	}
}

// pairsOf shows the episodes of a source, and what belongs to none.
func pairsOf(t *testing.T, dir, source string) string {
	t.Helper()
	episodes, strays, err := findEpisodes([]string{source}, filepath.Join(dir, "out"), episode.DefaultOptions(), []string{"vtt"})
	if err != nil {
		t.Fatal(err)
	}
	short := func(name string) string { return strings.TrimPrefix(filepath.ToSlash(name), filepath.ToSlash(dir)+"/") }
	var all []string
	for _, e := range episodes {
		if e.Err != nil {
			all = append(all, "unclear:"+short(e.Audio))
		} else {
			all = append(all, short(e.Audio)+"+"+short(e.Transcript))
		}
	}
	for _, s := range strays {
		all = append(all, "stray:"+short(s.name))
	}
	return strings.Join(all, " ")
}

// TestManifestEncoding: a row may name the encoding of its transcript.
func TestManifestEncoding(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "list.csv")
	if err := os.WriteFile(name, []byte("audio,transcript,encoding\na.wav,a.txt,KOI8-R\nb.wav,b.txt,\nc.wav,c.txt,nonsense\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	o := episode.DefaultOptions()
	o.Encoding = "gbk"
	episodes, _, err := findEpisodes([]string{name}, filepath.Join(dir, "out"), o, []string{"vtt"})
	if err != nil || len(episodes) != 3 {
		t.Fatalf("%v, %v", episodes, err)
	}
	if a, b := episodes[0].Encoding, episodes[1].Encoding; a != "KOI8-R" || b != "gbk" {
		t.Errorf("%q and %q", a, b)
	}
	if err := episodes[2].Err; err == nil || !strings.Contains(err.Error(), "no encoding that is known") {
		t.Errorf("an unknown encoding: %v", err)
	}
}

// TestManifestForms: what spreadsheets make of a manifest is one.
func TestManifestForms(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("Audio\tTranscript\r\na.wav\ta.txt\r\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"plain.csv":  "audio,transcript\na.wav,a.txt\n",
		"cases.csv":  "\ufeffAUDIO, Transcript\na.wav, a.txt\n",
		"german.csv": "Transcript;Audio;Remark\r\na.txt;a.wav;one, two\r\n",
		"tabs.csv":   "Audio\tTranscript\tOutput\na.wav\ta.txt\t\n",
		"tabs.TSV":   "output\taudio\ttranscript\n\ta.wav\ta.txt\n",
		"utf16.csv":  utf16,
		"a.jsonl":    "\ufeff{\"Audio\": \"a.wav\", \"TRANSCRIPT\": \"a.txt\"}\n",
	} {
		name = filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		rows, err := readRows(name)
		if err != nil || !isManifest(name) || len(rows) != 1 || rows[0].cells["audio"] != "a.wav" || rows[0].cells["transcript"] != "a.txt" {
			t.Errorf("%s: %v, %v", filepath.Base(name), rows, err)
		}
	}
	twice := filepath.Join(t.TempDir(), "twice.csv")
	if err := os.WriteFile(twice, []byte("audio,Audio\na,b\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := readRows(twice); err == nil || !strings.Contains(err.Error(), "two columns named audio") {
		t.Errorf("two columns of one name: %v", err)
	}
}
