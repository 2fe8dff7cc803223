package episode

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"cuewright/subtitles"
)

// mostPreset is the size of the largest preset file, in bytes: what is larger is something else.
const mostPreset = 1 << 20

// ReadPreset returns the preset of that name, see subtitles.Presets, or of a preset file; text is
// what the file holds, or "" where it is to be read.
func ReadPreset(name, text string) (subtitles.Preset, error) {
	if text == "" {
		var err error
		if text, err = PresetText(name); err != nil {
			return subtitles.Preset{}, err
		}
	}
	if text == "" {
		return subtitles.PresetNamed(name)
	}
	return subtitles.ReadPreset(name, []byte(text))
}

// PresetText returns what a preset file holds, "" where the name is that of a preset.
func PresetText(name string) (string, error) {
	_, unknown := subtitles.PresetNamed(name)
	if unknown == nil {
		return "", nil
	}
	text, err := readSmall(name, mostPreset)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !strings.ContainsAny(name, `./\`): // it was not meant to be a file
		return "", unknown
	case err != nil:
		return "", fmt.Errorf("--preset %s: %w", name, err)
	case len(text) > mostPreset:
		return "", fmt.Errorf("%s: is no preset: it is larger than %d KB", name, mostPreset>>10)
	case text == "":
		return "", fmt.Errorf("%s: is empty: cuewright presets netflix prints a preset to begin with", name)
	}
	return text, nil
}

// presetFile returns the name of a preset in a slice, an empty one where it is no file.
func presetFile(name string) []string {
	if _, err := subtitles.PresetNamed(name); err == nil {
		return nil
	}
	return []string{name}
}
