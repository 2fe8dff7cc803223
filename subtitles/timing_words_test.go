package subtitles

import "testing"

func TestCountWords(t *testing.T) {
	for _, tt := range []struct {
		text string
		want float64
	}{
		{"", 0},
		{"—", 0},
		{"Two words — and three more", 5},
		{"他做了一个很长的锄柄。", 10 * 50. / 80},
		{"海を見た。 きれい", 7 * 50. / 80},
		{"바다가 보입니다.", 2},
	} {
		if got := countWords(tt.text); got != tt.want {
			t.Errorf("%q: %v words, want %v", tt.text, got, tt.want)
		}
	}
}
