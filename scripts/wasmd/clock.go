package time

import (
	"os"
	"strconv"
	"strings"
	"time"
)

// shift is how far the chain's clock runs ahead of the machine's, so that a test need not wait for a day to pass.
// GRIDPACT_DEVNET_CLOCK names a file with whole seconds, read each time, so that every node moves at once.
// Without it, or with anything else in the file, the clock is the machine's.
func shift() time.Duration {
	path := os.Getenv("GRIDPACT_DEVNET_CLOCK")
	if path == "" {
		return 0
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	seconds, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil || seconds < 0 {
		return 0
	}
	return time.Duration(seconds) * time.Second
}
