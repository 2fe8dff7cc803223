// Package batch captions an archive: it finds the episodes of folders, globs and
// manifests, has a process of its own caption each, and puts the captions into an output
// folder so that any end, of the program or of the machine, leaves what the same batch
// goes on from.
//
//   - New finds the episodes, Batch.Run captions them, Batch.Table and Table.Write say how
//     it went; MergeTables merges the tables of shards.
//   - Serve is the other end of the process that captions one episode.
//   - FindLessons and Train make a model of an archive whose transcripts are known.
//
// A batch reports its progress to a Monitor, which is called from several goroutines at
// once. The package knows no command line, no terminal and no exit code; signals reach
// it as contexts.
//
// Names of outputs are relative to the output folder, with slashes. Lengths are
// time.Duration within the package and seconds in the files that it writes; memory is in
// bytes.
package batch
