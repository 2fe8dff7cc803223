package pronounce

// french appends the units of a French word; next is the word after it.
func (l *language) french(dst []Unit, word, next string) []Unit {
	return l.plain(dst, word)
}
