package format

import (
	"os"
	"strings"
	"testing"
)

// TestDocumentedHolds holds the table of what formats keep to the code.
func TestDocumentedHolds(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	head, rule := "| |", "|---|"
	var formats []Format
	for _, f := range Formats() {
		if len(f.Holds) > 0 {
			formats = append(formats, f)
			head, rule = head+" `."+f.Name+"` |", rule+"---|"
		}
	}
	table.WriteString(head + "\n" + rule + "\n")
	for _, a := range Attributes() {
		title := a.String()
		if !a.PerCue() {
			title += "s"
		}
		table.WriteString("| " + title + " |")
		for _, f := range formats {
			table.WriteString(map[bool]string{true: " yes |", false: " |"}[f.CanHold(a)])
		}
		table.WriteString("\n")
	}
	if !strings.Contains(string(readme), table.String()) {
		t.Errorf("README.md has not this table:\n%s", table.String())
	}
}
