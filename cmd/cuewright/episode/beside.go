package episode

import (
	"net/url"
	"path/filepath"
	"strings"
)

// stem returns the name of the output without its folder and its extension, by which files that belong together know
// each other.
func (o *Output) stem() string {
	base := filepath.Base(o.Name)
	return strings.TrimSuffix(base[:max(0, len(base)-len(o.Format))], ".")
}

// besideURL returns the URL of the named recording for a file beside it; "" where it has no name.
func besideURL(recording string) string {
	if recording == "" || recording == StandardInput {
		return ""
	}
	return "./" + url.PathEscape(filepath.Base(recording))
}
