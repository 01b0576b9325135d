# make help lists the targets.

VERSION := $(shell sed -n 's/^ *Version = "\(.*\)"/\1/p' FyneApp.toml)
# The tag says that every widget is touched on the window's own thread; the tests run without it and so check that.
BUILD := go build -tags migrated_fynedo -ldflags "-X main.version=$(VERSION)"
STATICCHECK := go tool -modfile=.ci/tools/go.mod staticcheck

# All but the window can be built without a C compiler, for the systems that most benches run.
PORTABLE := ./app/... ./assets/... ./platform/... ./printing/... ./storage/... ./ui/cli/...
WINDOW = . $(shell go list ./ui/... | grep -v '/ui/cli')

.DEFAULT_GOAL := help
.PHONY: help run build test lint format vet staticcheck race window cross bench torture setup setup-test clean

help: ## list the targets (列出所有目标)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# A machine without a language of its own (containers) gets one: Fyne complains of the language "C" at every start.
run: build ## open the window on the built-in sandbox; without a display do the main job headless (运行演示)
	@case "$${LC_ALL:-$${LC_MESSAGES:-$${LANG:-}}}" in \
		"" | C | C.* | POSIX) export LC_ALL=zh_CN.UTF-8 ;; \
	esac; \
	if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY" ] && [ -z "$$WAYLAND_DISPLAY" ]; then \
		echo "no display: the main job runs without a window (没有显示器,改为命令行运行)"; \
		bin/printstation batch --demo || test $$? -eq 1; \
	else \
		bin/printstation --demo; \
	fi

build: setup ## write bin/printstation (编译)
	$(BUILD) -o bin/printstation .

test: setup-test lint race window cross ## all checks and tests (全部检查与测试)

lint: format vet staticcheck ## check format and source, change nothing (代码检查)

format:
	@bad=$$(gofmt -l .); \
	if [ -n "$$bad" ]; then echo "not gofmt-clean:"; echo "$$bad"; exit 1; fi

vet:
	go vet ./...

staticcheck:
	$(STATICCHECK) ./...

race:
	go test -race -timeout 15m $(PORTABLE)

# Fyne only logs a widget that is touched off the window's thread; here that is a failure.
window:
	@mkdir -p bin
	@echo "go test $(WINDOW)"
	@go test -v -timeout 15m $(WINDOW) >bin/window.log 2>&1 || { grep -v '^=== ' bin/window.log | tail -n 200; exit 1; }
	@! grep -n 'Error in Fyne call thread' bin/window.log
	@grep -E '^(ok|\?)' bin/window.log

cross:
	GOOS=windows CGO_ENABLED=0 go build $(PORTABLE)
	GOOS=windows CGO_ENABLED=0 go vet $(PORTABLE)
	GOOS=darwin CGO_ENABLED=0 go build $(PORTABLE)
	GOOS=darwin CGO_ENABLED=0 go vet $(PORTABLE)

bench: setup ## measure throughput (性能测试)
	go test -run '^$$' -bench . -benchmem -timeout 60m $(PORTABLE)

torture: setup-test build ## kill and restart the batch at 50 random instants (断电测试)
	PRINTSTATION_TORTURE=full go test -count=1 -v -timeout 60m -run '^TestTorture' . $(PORTABLE)

setup: ## install the system packages for building (安装编译所需软件)
	@.ci/setup.sh build

setup-test: ## install the system packages for the tests too (安装测试所需软件)
	@.ci/setup.sh test

clean: ## remove what was built (清理)
	rm -rf bin dist
