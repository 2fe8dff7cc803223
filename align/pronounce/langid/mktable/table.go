package main

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cuewright/align/pronounce/langid"
)

// common and rare are the languages of the table by script. Of the rare ones there are few
// recordings, little text, or one that reads like a common language's: a text must fit them
// rarePrior better.
var common = map[string]string{
	"Latin": "af az bs ca cs cy da de en eo es et eu fi fr ga gl hr hu id is it lt lv ms mt nb nl nn pl pt ro sk sl sq " +
		"sr-Latn sv sw tl tr uz vi",
	"Cyrillic":   "be bg kk ky mk mn ru sr tg tt uk",
	"Arabic":     "ar ckb fa ps sd ug ur",
	"Devanagari": "hi mr ne",
	"Hebrew":     "he",
	"Bengali":    "as bn",
	"Myanmar":    "my",
	"Ethiopic":   "am",
	"Tibetan":    "bo",
}

var rare = map[string]string{
	"Latin": "an ast br dsb fo fur fy gd gn ha haw hsb ht ia ig io jv kab kl ku la lb lij mi oc om pap qu rm rw sc so szl " +
		"tk tn xh yo zu",
	"Cyrillic":   "ba cv",
	"Arabic":     "skr",
	"Devanagari": "kok mai sa",
	"Hebrew":     "yi",
	"Ethiopic":   "ti",
	"Myanmar":    "shn",
	"Tibetan":    "dz",
}

const (
	rarePrior   = 150     // of the score of a text
	floor       = 1e-5    // the probability of a feature, of all of its order, from which on it has a weight
	leastWeight = 2       // of an entry
	quota       = 700     // features that are chosen for each language
	sampleBytes = 200_000 // of a source
	rankedTotal = 100_000 // words that a list of the commonest ones stands for
)

// model is what the texts of a language tell: the probability of each feature among those of its
// order.
type model struct {
	tag, script string
	prior       int
	words       map[string]float64 // the share of each
	features    map[uint32]float32
	typical     int
}

// makeTable makes the table of the texts of a folder.
func makeTable(dir, file string) error {
	var models []*model
	for prior, langs := range []map[string]string{common, rare} {
		for script, tags := range langs {
			for _, tag := range strings.Fields(tags) {
				m := &model{tag: tag, script: script, prior: prior * rarePrior}
				if err := m.read(dir); err != nil {
					return err
				}
				models = append(models, m)
			}
		}
	}
	slices.SortFunc(models, func(a, b *model) int { return cmp.Compare(a.tag, b.tag) })
	dropInternational(models)
	for _, m := range models {
		m.count()
	}
	t := choose(models)
	t.typical()
	return t.write(file)
}

// read reads the texts of a language.
func (m *model) read(dir string) error {
	m.words = map[string]float64{}
	tags := []string{m.tag}
	if m.tag == "sr-Latn" {
		tags = append(tags, "sr") // written anew
	}
	var paths []string
	for _, tag := range tags {
		p, err := filepath.Glob(filepath.Join(dir, tag+".*.txt"))
		if err != nil {
			return err
		}
		paths = append(paths, p...)
	}
	if len(paths) == 0 {
		return fmt.Errorf("%s: no text of %s", dir, m.tag)
	}
	for _, path := range paths {
		text, err := sample(path)
		if err != nil {
			return err
		}
		if m.tag == "sr-Latn" {
			text = serbianLatin.Replace(text)
		}
		counts, total := map[string]float64{}, 0.0
		if strings.HasSuffix(path, "."+ranked+".txt") {
			for i, word := range strings.Fields(text) {
				langid.NewWords(word).Counts(func(w string, _ int) { counts[w] += 1 / float64(i+3) })
			}
		} else {
			langid.NewWords(text).Counts(func(w string, n int) { counts[w] += float64(n) })
		}
		for _, w := range sorted(counts) {
			if langid.ScriptOf(w) != m.script {
				delete(counts, w)
				continue
			}
			total += counts[w]
		}
		share := math.Sqrt(total)
		if strings.HasSuffix(path, "."+ranked+".txt") {
			share = math.Sqrt(2 * rankedTotal)
		}
		for w, n := range counts {
			m.words[w] += share * n / total
		}
	}
	return nil
}

// sample returns lines of a file, evenly.
func sample(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	step := len(data)/sampleBytes + 1
	if strings.HasSuffix(path, "."+ranked+".txt") {
		step = 1
	}
	var b strings.Builder
	for i, line := range strings.SplitAfter(string(data), "\n") {
		if i%step == 0 {
			b.WriteString(line)
		}
	}
	return b.String(), nil
}

// serbianLatin writes Serbian Cyrillic in Latin letters.
var serbianLatin = strings.NewReplacer(strings.Fields("а a б b в v г g д d ђ đ е e ж ž з z и i ј j к k л l љ lj м m н n " +
	"њ nj о o п p р r с s т t ћ ć у u ф f х h ц c ч č џ dž ш š А A Б B В V Г G Д D Ђ Đ Е E Ж Ž З Z И I Ј J К K Л L Љ Lj " +
	"М M Н N Њ Nj О O П P Р R С S Т T Ћ Ć У U Ф F Х H Ц C Ч Č Џ Dž Ш Š")...)

// dropInternational takes words out that a third of the languages of a script have: names and
// terms, which tell nothing.
func dropInternational(models []*model) {
	langs, of := map[string]int{}, map[string]int{}
	for _, m := range models {
		of[m.script]++
		for w := range m.words {
			if len(w) >= 4 {
				langs[m.script+w]++
			}
		}
	}
	for _, m := range models {
		for w := range m.words {
			if of[m.script] > 6 && 3*langs[m.script+w] > of[m.script] {
				delete(m.words, w)
			}
		}
	}
}

// count counts the features of the words.
func (m *model) count() {
	var totals [8]float64
	counts, orders := map[uint32]float64{}, map[uint32]int{}
	for _, w := range sorted(m.words) {
		n := m.words[w]
		langid.Features(w, func(hash uint32, order int) {
			counts[hash] += n
			orders[hash] = order
			totals[order] += n
		})
	}
	m.features = map[uint32]float32{}
	for h, n := range counts {
		if p := n / totals[orders[h]]; weight(p) >= leastWeight {
			m.features[h] = float32(p)
		}
	}
}

// weight returns the weight of a feature of a probability.
func weight(p float64) int {
	return min(1<<langid.WeightBits-1, int(math.Round(langid.WeightScale*math.Log(p/floor))))
}

func sorted[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// chosen is the table before it is written.
type chosen struct {
	models   []*model
	features map[uint32]bool
}

// choose chooses features: for each language the quota of those that part it best from the
// others of its script, and half of it from the three that are nearest to it.
func choose(models []*model) *chosen {
	c := &chosen{models, map[uint32]bool{}}
	for _, m := range models {
		var others []*model
		for _, o := range models {
			if o != m && o.script == m.script {
				others = append(others, o)
			}
		}
		if len(others) == 0 {
			c.best(m, 50, func(uint32) float64 { return 0 })
			continue
		}
		c.best(m, quota, func(h uint32) float64 {
			sum := 0
			for _, o := range others {
				sum += o.weight(h)
			}
			return float64(sum) / float64(len(others))
		})
		near := map[*model]float64{}
		hashes := sorted(m.features)
		for _, o := range others {
			for _, h := range hashes {
				near[o] += float64(m.features[h]) * float64(min(o.weight(h), m.weight(h)))
			}
		}
		slices.SortFunc(others, func(a, b *model) int {
			return cmp.Or(cmp.Compare(near[b], near[a]), cmp.Compare(a.tag, b.tag))
		})
		for _, o := range others[:min(3, len(others))] {
			c.best(m, quota/5, func(h uint32) float64 { return float64(o.weight(h)) })
		}
	}
	return c
}

// weight returns that of a feature, 0 of one that the language lacks.
func (m *model) weight(h uint32) int {
	if p, ok := m.features[h]; ok {
		return weight(float64(p))
	}
	return 0
}

// best chooses n features of m that have the most of its text beyond what others have.
func (c *chosen) best(m *model, n int, others func(h uint32) float64) {
	type candidate struct {
		hash  uint32
		value float64
	}
	var all []candidate
	for h, p := range m.features {
		all = append(all, candidate{h, float64(p) * (float64(m.weight(h)) - others(h))})
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.hash, b.hash))
	})
	for _, f := range all[:min(n, len(all))] {
		c.features[f.hash] = true
	}
}

// typical sets what the words of each language usually gather by letter, in hundredths.
func (c *chosen) typical() {
	for _, m := range c.models {
		var gathered, letters float64
		for _, w := range sorted(m.words) {
			n := m.words[w]
			langid.Features(w, func(h uint32, _ int) {
				if c.features[h] {
					gathered += n * float64(m.weight(h))
				}
			})
			letters += n * float64(len([]rune(w)))
		}
		m.typical = int(math.Round(100 * gathered / letters))
	}
}

// write writes the table, in the form that package langid reads.
func (c *chosen) write(file string) error {
	var head strings.Builder
	var entries []uint64 // hash, language and weight
	for i, m := range c.models {
		fmt.Fprintf(&head, "%s %s %d %d\n", m.tag, m.script, m.typical, m.prior)
		for h := range m.features {
			if c.features[h] {
				lang := uint64(i)<<langid.WeightBits | uint64(m.weight(h))
				entries = append(entries, uint64(h)<<(langid.LangBits+langid.WeightBits)|lang)
			}
		}
	}
	slices.Sort(entries)
	out := binary.LittleEndian.AppendUint32([]byte(langid.Magic), uint32(head.Len()))
	out = append(out, head.String()...)
	k := 0
	for bucket := range 1<<langid.BucketBits + 1 {
		for k < len(entries) && int(entries[k]>>(langid.LangBits+langid.WeightBits+langid.HashBits)) < bucket {
			k++
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(k))
	}
	for _, e := range entries {
		out = binary.LittleEndian.AppendUint32(out, uint32(e))
	}
	fmt.Printf("%d languages, %d features, %d entries, %d bytes\n", len(c.models), len(c.features), len(entries), len(out))
	return os.WriteFile(file, out, 0o644)
}
