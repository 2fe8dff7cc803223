package subtitles

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
)

// assHead makes white text with an outline, at the bottom, lines as we broke them.
const assHead = `[Script Info]
ScriptType: v4.00+
PlayResX: 1920
PlayResY: 1080
WrapStyle: 2
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,60,&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,120,120,60,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`

// writeASS writes Advanced SubStation Alpha. The speaker stands in the field for
// it, which players don't show, and with the preset's label in the text.
func writeASS(w io.Writer, c *Captions) error {
	if len(c.Cues) == 0 {
		return errNoCues
	}
	var b bytes.Buffer
	b.WriteString(assHead)
	for i, cue := range c.Cues {
		texts := c.Preset.texts(c.Cues, i)
		for k := range texts {
			texts[k] = assText.Replace(texts[k])
		}
		name := strings.ReplaceAll(clean(cue.Lines[0].Speaker), ",", ";") // a comma would end the field
		end := max(cue.End, cue.Start+10*time.Millisecond)                // the unit of the format
		fmt.Fprintf(&b, "Dialogue: 0,%s,%s,Default,%s,0,0,0,,%s\n", assTime(cue.Start), assTime(end), name, strings.Join(texts, `\N`))
	}
	_, err := w.Write(b.Bytes())
	return err
}

// assText keeps braces from being override codes and backslashes from being
// escapes: libass takes a backslash before a brace, ffmpeg looks for an opening
// brace right before a backslash.
var assText = strings.NewReplacer(`\`, `\`+wordJoiner, "{", `\{`+wordJoiner, "}", `\}`)

// assTime has one digit for the hours.
func assTime(t time.Duration) string {
	return strings.TrimPrefix(clock(t, ".", 2), "0")
}
