# Go is all that is needed, and for race a C compiler.
# Tools are run by their version and stay out of go.mod.

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
KUBECTL_VALIDATE := sigs.k8s.io/kubectl-validate@v0.0.4
FUZZTIME    ?= 1m
FUZZJOBS    ?= 2

export CGO_ENABLED = 0

# The folder of the recordings that align/seed.csv lists. They are not part of this
# repository: align/seed.md.
SPEECH      ?=

.PHONY: build test race lint columns fuzz bench golden fmt notice vulnerabilities sample ci full seed confidence killed slurm kubernetes clean

build: # one static binary, stamped with the commit where git is there
	go build -trimpath -buildvcs=auto -o cuewright ./cmd/cuewright

test:
	go test ./...

race: export CGO_ENABLED = 1
race:
	go test -race ./...

lint:
	@unformatted=$$(gofmt -l .) && if [ -n "$$unformatted" ]; then echo "run make fmt: $$unformatted"; exit 1; fi
	go vet ./...
	go run $(STATICCHECK) ./...
	go mod tidy -diff
	go mod verify
	@$(MAKE) --no-print-directory columns
	@.ci/portable
	@.ci/notice | cmp -s - cmd/cuewright/NOTICE || { echo "run make notice: the licences have changed"; exit 1; }

columns: # lines under 130 columns
	@find . -name '.?*' -prune -o \( -name '*.go' -o -name '*.md' \) ! -name 'golden.*' -print | sort | LC_ALL=C xargs .ci/columns

fuzz: export FUZZTIME := $(FUZZTIME)
fuzz: # every fuzz target for FUZZTIME, FUZZJOBS at a time on a core each
	@set -e; all=; for package in $$(go list ./...); do \
		targets=$$(go test -list '^Fuzz' $$package); \
		for target in $$(echo "$$targets" | grep '^Fuzz' || true); do \
			all="$$all $$package $$target"; \
		done; \
	done; \
	echo $$all | xargs -n 2 -P $(FUZZJOBS) .ci/fuzz

bench:
	go test -run '^$$' -bench . -benchmem ./...

golden: # rewrite expected output; read the diff before committing it
	go test $$(grep -rl --include='*_test.go' 'flag.Bool("update"' . | xargs -n 1 dirname | sort -u) -update

fmt:
	gofmt -w .

notice: # the licences of all that the program holds
	.ci/notice >cmd/cuewright/NOTICE.new && mv cmd/cuewright/NOTICE.new cmd/cuewright/NOTICE

vulnerabilities: # known ones in code that the program calls
	.ci/vulnerabilities

sample: build # caption the sample episode into out/
	mkdir -p out
	./cuewright align testdata/sample/audio.wav testdata/sample/page.txt -o out/sample.vtt -o out/sample.srt

ci: # all that must hold before a change is taken
	.ci/run

full: # the long checks, before a release and after a change of the aligner
	.ci/full

seed: build # the embedded model, from the recordings of align/seed.csv under SPEECH; see align/seed.md
	$(if $(SPEECH),,$(error give SPEECH=FOLDER, where the recordings of align/seed.csv are))
	./cuewright train align/seed.csv --root $(SPEECH) -o align/seed.model

confidence: build # weights of the confidence, on voices that taught nothing; models in out/: align/README.md
	$(if $(SPEECH),,$(error give SPEECH=FOLDER, where the recordings of cmd/calibrate/corpora.csv are))
	mkdir -p out
	for m in fold1 fold2; do awk -F, -v m=$$m '$$3 == m { gsub(" ", "\n", $$4); print $$4 }' cmd/calibrate/corpora.csv | \
		grep -v -w -F -f - align/seed.csv >out/$$m.csv && ./cuewright train out/$$m.csv --root $(SPEECH) -o out/$$m.model || exit; done
	go run ./cmd/calibrate -seed 11 -fit -corpora cmd/calibrate/corpora.csv -root $(SPEECH) -models out

killed: # two batches of 500 episodes on one folder, disturbed 250 times
	CUEWRIGHT_EPISODES=500 go test -count 1 -timeout 60m -run '^TestKilled$$' -v ./cmd/cuewright

slurm: # the Slurm example of cmd/cuewright/README.md, run on this machine; see .ci/slurm for what it needs
	.ci/slurm

kubernetes: # the Kubernetes manifest of cmd/cuewright/README.md, against Kubernetes' own schema
	@file=$$(mktemp --suffix .yaml) && trap 'rm -f "$$file"' EXIT && \
	sed -n '/^```yaml/,/^```$$/{/^```/d;p}' cmd/cuewright/README.md >"$$file" && grep -q 'kind: Job' "$$file" && \
	go run $(KUBECTL_VALIDATE) --version 1.30 "$$file"

clean:
	rm -rf cuewright out sample.vtt sample.srt
