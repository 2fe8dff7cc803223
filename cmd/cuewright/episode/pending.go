//go:build !windows

package episode

import "github.com/google/renameio/v2"

// pendingFile is a file under a temporary name near its place. CloseAtomicallyReplace
// closes it and moves it there. Cleanup removes it before that, and does nothing
// afterwards.
type pendingFile = renameio.PendingFile

// newPendingFile returns a file in dir, on the same disk, that belongs at path. It keeps the
// permissions of a file that is there already; a new file may be read by all, as far as the
// umask lets them.
func newPendingFile(path, dir string) (*pendingFile, error) {
	return renameio.NewPendingFile(path, renameio.WithTempDir(dir),
		renameio.WithPermissions(0o644), renameio.WithExistingPermissions())
}
