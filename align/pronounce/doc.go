// Package pronounce turns written words into phones, by rules for each language
// (grapheme-to-phoneme conversion).
//
// Sentence is the entry point: it takes the words of one sentence and a BCP 47
// language tag, and returns a pronunciation for each word. Detect guesses the
// language of a text, and Languages lists those that have rules.
//
// A sentence goes through two stages:
//
//	"$4.5 million" -> "four point five", "million dollars" -> F AO R P OY N T F AY V, M IH L Y AH N ...
//
// The verbalizer (text normalisation) splits the words into tokens and expands
// numbers, dates, money, abbreviations, initialisms, addresses and signs into
// words of the language: tokens.go, verbalize.go, amounts.go, dates.go,
// address.go, numbers.go. Each spoken word then becomes phones, by a list of
// irregular words and by letter-to-sound rules with context: rules.go,
// english.go, french.go. Scripts whose signs are more than letters are transcribed
// to Latin letters first: brahmic.go, ethiopic.go. What belongs to one language stands in its table,
// lang/*.txt; lang.go describes the format.
//
// A Lexicon comes before all that: its words are sought among the tokens, and said as it says, in
// phones (ipa.go) or in letters that the rules read: lexicon.go, lexicon_match.go.
//
// Chinese, Japanese and Korean have readers instead of rules for letters: characters become
// Pinyin syllables or kana, syllables of Hangul their consonants and vowels, as they sound beside
// their neighbours: native.go, han.go, kanji.go, kana.go, hangul.go, myriads.go.
//
// The phones are those of ARPABET without stress, in which the CMU Pronouncing
// Dictionary is written, and seven extras for the other languages; see Phone.
// One set serves all languages, so that one acoustic model does too. Where writing
// leaves a sound open, as Arabic does with short vowels, the phone is open as well: one
// of several, or one that may be missing (open.go).
//
// Nobody reads these pronunciations: they guide a forced aligner, so the number
// of syllables, the consonants and the durations matter more than the exact
// colour of a vowel.
package pronounce
