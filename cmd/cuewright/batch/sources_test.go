package batch

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"cuewright/cmd/cuewright/episode"
	"cuewright/subtitles/format"
)

// TestCaptionsAreTranscripts: captions of any format that align takes serve as the
// transcript of the recording beside them, and an alignment does not.
func TestCaptionsAreTranscripts(t *testing.T) {
	serves := map[string]bool{"dfxp": true, "ssa": true, "SRT": true, "TextGrid": false, "alignment.json": false, "xml": false}
	for _, f := range format.Formats() {
		serves[f.Name] = !f.WriteOnly
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

// TestPairs: which transcript of a folder belongs to which recording, by their names. A dot in the
// middle stands for a blank.
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
		// One name in the hands of several people.
		{"my_first_show.mp3 My·First·Show.docx", "my_first_show.mp3+My·First·Show.docx"},
		{"ep·1.mp3 Ep01.txt", "ep·1.mp3+Ep01.txt"},
		{"S01E02.mp3 s1e2.txt", "S01E02.mp3+s1e2.txt"},
		{"Episode·7.mp3 ep007.txt", "Episode·7.mp3+ep007.txt"},
		{"#12:·It’s·late.mp3 12·it's·late.txt", "#12:·It’s·late.mp3+12·it's·late.txt"},
		{"STRASSE.wav straße.txt", "STRASSE.wav+straße.txt"},
		{"my%20show.mp3 my·show.txt", "my%20show.mp3+my·show.txt"},
		{"20240305-ferry.mp3 2024-03-05·Ferry.txt", "20240305-ferry.mp3+2024-03-05·Ferry.txt"},
		{"ep1-2.mp3 ep12.txt", "stray:ep1-2.mp3 stray:ep12.txt"},
		{"ep1.mp3 ep01.mp3 ep1.txt ep01.txt", "ep01.mp3+ep01.txt ep1.mp3+ep1.txt"},
		{"ep1.mp3 ep01.txt ep001.txt", "unclear:ep1.mp3"},
		{"Ep·1.mp3 ep01.mp3 ep001.txt", "unclear:Ep·1.mp3"},
		// What says only what a file is, on either side.
		{"ep.mp3 ep·script.txt", "ep.mp3+ep·script.txt"},
		{"ep.mp3 Transcript·of·ep.txt", "ep.mp3+Transcript·of·ep.txt"},
		{"ep.mp3 transcript·-·ep.txt", "ep.mp3+transcript·-·ep.txt"},
		{"ep_audio.wav ep_text.txt", "ep_audio.wav+ep_text.txt"},
		{"ep·(final·mix).wav ep.txt", "ep·(final·mix).wav+ep.txt"},
		{"ep·128kbps.mp3 ep_otter_ai.txt", "ep·128kbps.mp3+ep_otter_ai.txt"},
		{"ep.mp3 ep·(German).txt", "ep.mp3+ep·(German).txt"},
		{"ep.mp3 ep.de_transkript.txt", "ep.mp3+ep.de_transkript.txt"},
		{"ep.mp3 ep·script.txt ep_transcript.txt", "unclear:ep.mp3"},
		{"ep.mp3 ep·transcript.txt ep·summary.txt", "ep.mp3+ep·transcript.txt stray:ep·summary.txt"},
		{"ep.mp3 ep·final.mp3 ep.txt", "ep.mp3+ep.txt stray:ep·final.mp3"},
		{"ep.mp3 ep.flac ep.mp3.txt", "ep.mp3+ep.mp3.txt stray:ep.flac"},
		{"ep.mp3 ep.flac ep.mp3.txt ep.txt", "unclear:ep.flac stray:ep.mp3.txt"},
		{"audio1.wav transcript1.txt audio2.wav transcript2.txt", "audio1.wav+transcript1.txt audio2.wav+transcript2.txt"},
		{"Café.mp3 Cafe.txt", "stray:Cafe.txt stray:Café.mp3"}, // other letters
		{"कि.mp3 का.txt", "stray:का.txt stray:कि.mp3"},
		{"ep1·part·1.mp3 ep1·part·2.mp3 ep1.txt", "stray:ep1·part·1.mp3 stray:ep1·part·2.mp3 stray:ep1.txt"},
		// A date that only one of both has.
		{"2024-03-05·Ferry.mp3 Ferry.txt", "2024-03-05·Ferry.mp3+Ferry.txt"},
		{"2024-03-05·Ferry.mp3 2024-04-05·Ferry.txt", "stray:2024-03-05·Ferry.mp3 stray:2024-04-05·Ferry.txt"},
		{"2024-03-05·Ferry.mp3 2024-04-05·Ferry.mp3 Ferry.txt", "unclear:2024-03-05·Ferry.mp3"},
		{"2024-03-05·Ferry.mp3 2024-03-05·Ferry.txt 2024-04-05·Ferry.mp3 Ferry.txt",
			"2024-03-05·Ferry.mp3+2024-03-05·Ferry.txt unclear:2024-04-05·Ferry.mp3"},
		// Folders.
		{"audio/ep.mp3 transcripts/ep.txt", "audio/ep.mp3+transcripts/ep.txt"},
		{"s1/audio/01.mp3 s1/text/01.txt s2/audio/01.mp3 s2/text/01.txt", "s1/audio/01.mp3+s1/text/01.txt s2/audio/01.mp3+s2/text/01.txt"},
		{"audio/s1/1.mp3 transcripts/s1/1.txt audio/s2/1.mp3", "audio/s1/1.mp3+transcripts/s1/1.txt stray:audio/s2/1.mp3"},
		{"a/ep.mp3 b/ep.txt", "stray:a/ep.mp3 stray:b/ep.txt"},
		{"audio/ep.mp3 text/ep.txt transcripts/ep.txt", "unclear:audio/ep.mp3"},
		{"ep.mp3 en/ep.txt de/ep.txt", "unclear:ep.mp3"},
		{"ep.mp3 ep.txt de/ep.txt", "ep.mp3+ep.txt stray:de/ep.txt"},
		{"1/recording.wav 1/script.md", "1/recording.wav+1/script.md"},
		{"1/audio.wav 1.txt", "1/audio.wav+1.txt"},
		{"1/1.wav 1/transcript.txt", "1/1.wav+1/transcript.txt"},
		{"1/GMT_Recording.m4a 1/transcript.txt", "1/GMT_Recording.m4a+1/transcript.txt"},
		{"1/a.wav 1/b.wav 1/transcript.txt", "stray:1/a.wav stray:1/b.wav stray:1/transcript.txt"},
		{"1/a.wav 1/transcript.txt 1/show-notes.txt", "1/a.wav+1/transcript.txt stray:1/show-notes.txt"},
		// What is no input, or not all of one.
		{"ep.mp3 ep.txt ._ep.mp3 ~$ep.docx cover.jpg Thumbs.db", "ep.mp3+ep.txt"},
		{"ep.mp3.part ep.txt", "stray:ep.mp3.part stray:ep.txt"},
		{"ep.wma ep.txt", "ep.wma+ep.txt"},
		{"ep.mp3 ep·transcript.pdf", "stray:ep.mp3"},
	} {
		dir := t.TempDir()
		for name := range strings.SplitSeq(c.files, " ") {
			name = filepath.Join(dir, strings.ReplaceAll(name, "·", " "))
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
		for _, pattern := range []string{"*.[wWm][aApm][vV3a]", "*.[tThms]*"} {
			if got := pairsOf(t, dir, filepath.Join(dir, pattern)); got != c.want && runtime.GOOS == "linux" {
				t.Errorf("%s, of which %s is named: %s, want %s", c.files, pattern, got, c.want)
			}
		}
	}
}

// TestNothingIsLost: each file of a folder is in an episode, in an error or left over, whatever
// their names; no transcript is in two episodes.
func TestNothingIsLost(t *testing.T) {
	pieces := []string{"ep", "Ep", "1", "01", "2024-03-05", "audio", "transcript", "final", "en", "de", "German", "script", "é", "\xff"}
	marks := []string{" ", "_", ".", "-", "", "/"}
	extensions := []string{".mp3", ".wav", ".MP3", ".txt", ".docx", ".vtt", ".mp3.txt", ".md", ".txt.part"}
	rapid.Check(t, func(t *rapid.T) {
		files := map[string]bool{}
		for range rapid.IntRange(1, 9).Draw(t, "files") {
			name := ""
			for i := range rapid.IntRange(1, 4).Draw(t, "pieces") {
				if i > 0 {
					name += rapid.SampledFrom(marks).Draw(t, "mark")
				}
				name += rapid.SampledFrom(pieces).Draw(t, "piece")
			}
			files[filepath.Join("root", name+rapid.SampledFrom(extensions).Draw(t, "extension"))] = true
		}
		f := newFinder(episode.DefaultOptions(), []string{"vtt"})
		f.pair(slices.Sorted(maps.Keys(files)), "root")
		told, texts := "", map[string]bool{}
		for _, e := range f.episodes {
			if texts[e.Transcript] {
				t.Errorf("%v: %s is in two episodes", files, e.Transcript)
			}
			texts[e.Transcript] = true
			told += fmt.Sprintln(e.Audio, e.Transcript, e.Err)
		}
		for _, s := range f.strays {
			told += s.name + "\n"
		}
		for file := range files {
			if !strings.Contains(strings.ReplaceAll(told, file+".", ""), file) { // not as the beginning of another name
				t.Errorf("of %q nothing is said of %q: %q", slices.Sorted(maps.Keys(files)), file, told)
			}
		}
	})
}

// pairsOf shows the episodes of a source, and what belongs to none.
func pairsOf(t *testing.T, dir, source string) string {
	t.Helper()
	episodes, strays, err := findEpisodes([]string{source}, filepath.Join(dir, "out"), episode.DefaultOptions(), []string{"vtt"})
	if err != nil {
		t.Fatal(err)
	}
	short := func(name string) string {
		return strings.ReplaceAll(strings.TrimPrefix(filepath.ToSlash(name), filepath.ToSlash(dir)+"/"), " ", "·")
	}
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
	for _, file := range []string{"c.wav", "c.txt"} {
		if err := os.WriteFile(filepath.Join(dir, file), nil, 0o666); err != nil {
			t.Fatal(err)
		}
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
		"titles.csv": "Audio File,Show,Script\na.wav,Ferry,a.txt\n",
		"file.csv":   "file_name;text\na.wav;a.txt\n",
		"itself.csv": "file,audio,transcript,text\nx,a.wav,a.txt,y\n",
		"sep.csv":    "sep=;\r\naudio;transcript\r\na.wav;a.txt\r\n",
		"mac.csv":    "audio,transcript\ra.wav,a.txt\r",
		"pipes.csv":  "audio|transcript\na.wav|a.txt\n",
		"empty.csv":  "audio;transcript;\n;;\na.wav;a.txt;\n ; ;\n",
		"b.jsonl":    `{"file": "a.wav", "text": "a.txt", "track": 2, "Frame Rate": 23.976, "language": null, "length": 12.5, "tags": ["x"]}`,
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
	for text, want := range map[string]string{
		"audio,Audio\na,b\n":                "two columns named audio",
		"file,media,transcript\na,b,c\n":    `"file" and "media": name one of them audio`,
		"name,transcript\na,b\n":            "no column named audio",
		"audio,transcript\na,b\n\"c\"d,e\n": "put this right",
	} {
		name := filepath.Join(t.TempDir(), "odd.csv")
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := readRows(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
	}
}

// TestManifestNames: files are found by what a manifest calls them, on whatever system it was made.
func TestManifestNames(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a b.wav", "sub/a.wav", "Gr\u00fc\u00dfe.wav"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for cell, want := range map[string]string{
		"a b.wav": "a b.wav", " a b.wav ": "a b.wav", `sub\a.wav`: "sub/a.wav", `.\sub\a.wav`: "sub/a.wav", "none.wav": "none.wav",
		"Gru\u0308\u00dfe.wav": "Gr\u00fc\u00dfe.wav", "Gr\xfc\xdfe.wav": "Gr\u00fc\u00dfe.wav",
		"file:a%20b.wav": "a b.wav", "file://" + filepath.ToSlash(dir) + "/a%20b.wav": "a b.wav",
		"FILE://localhost" + filepath.ToSlash(dir) + "/a b.wav": "a b.wav", "https://a.example/a.wav": "",
	} {
		got, err := under(dir, cell)
		if (err != nil) != (want == "") || want != "" && got != filepath.Join(dir, want) && runtime.GOOS == "linux" {
			t.Errorf("%q is %q, %v, want %q", cell, got, err, want)
		}
	}
}

// TestManifestTracks: a row may name an audio track.
func TestManifestTracks(t *testing.T) {
	for cell, want := range map[string]int{"": 0, " 2 ": 2, "0": -1, "-1": -1, "deu": -1, "1.5": -1} {
		n, err := manifestRow{cells: map[string]string{"track": cell}}.track()
		if (err != nil) != (want < 0) || err == nil && n != want {
			t.Errorf("%q is %d, %v, want %d", cell, n, err, want)
		}
	}
}

// TestFindLessons: recordings to learn from are paired as those of a batch, and what is left over
// is told.
func TestFindLessons(t *testing.T) {
	dir := t.TempDir()
	manifest := "audio,lang,track\na.mp3,en_GB,2\nsub,,\n"
	for name, text := range map[string]string{
		"a.mp3": "", "a_transcript.docx": "", "sub/b.wav": "", "sub/B.TXT": "", "sub/c.wav": "", "list.csv": manifest,
		"two/a.wav": "", "two/a.txt": "", "two/a.html": "",
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	in := func(name string) string { return filepath.Join(dir, name) }
	b := Lesson{Audio: in("sub/b.wav"), Transcript: in("sub/B.TXT"), Lang: "de"}
	for source, want := range map[string][]Lesson{
		"sub":      {b},
		"list.csv": {{in("a.mp3"), in("a_transcript.docx"), "en-GB", 2}, b},
	} {
		found, leftOver, err := FindLessons(in(source), "", "de")
		if err != nil || !slices.Equal(found, want) || len(leftOver) != 1 || !strings.Contains(leftOver[0], "c.wav: has no transcript") {
			t.Errorf("%s: %v, %q, %v, want %v", source, found, leftOver, err, want)
		}
	}
	if _, _, err := FindLessons(in("two"), "", ""); err == nil || !strings.Contains(err.Error(), "which is the transcript?") {
		t.Errorf("two transcripts: %v", err)
	}
}

// TestChaptersAreNoTranscripts: files of chapters beside an episode are passed over without a word.
func TestChaptersAreNoTranscripts(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.wav", "a.txt", "a.chapters.vtt", "a.chapters.json", "b.chapters.vtt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	episodes, strays, err := findEpisodes([]string{dir}, filepath.Join(dir, "out"), episode.DefaultOptions(), []string{"vtt"})
	if err != nil || len(episodes) != 1 || !strings.HasSuffix(episodes[0].Transcript, "a.txt") || len(strays) > 0 {
		t.Errorf("%v, %v, %v", episodes, strays, err)
	}
}
