# Pilotlight's commands. `make` or `make help` lists them.
#
# Every target finds its own tools and says in one line what to install when one is missing (exit code 3, which make reports
# as "Error 3"). The logic is in src/build, so that it can be read, tested and used without make.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help build test faults fuzz bench replay demo clients crds format kube clean

# The JDK and Maven of this run. They are looked up by the targets that need them, so that `make help` needs neither.
JDK = JAVA_HOME=$$(src/build/find-jdk $(1)) || exit $$?; export JAVA_HOME
# -ntp keeps downloads from filling the log. MAVEN_ARGS adds options, for example `make test MAVEN_ARGS=--offline`.
MVN := $(if $(shell command -v mvn 2>/dev/null),mvn,./mvnw) -B -ntp -Dstyle.color=never $(MAVEN_ARGS)
unexport MAVEN_ARGS
# Maven 3's own libraries make JDK 24 and later warn on every start; an older JDK does not know the option.
export MAVEN_OPTS := -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow -Djansi.mode=strip $(MAVEN_OPTS)

program_sources := $(shell find src/main pom.xml src/build/launcher 2>/dev/null)

help: ## List these commands.
	@echo 'make TARGET, where TARGET is one of'
	@sed -n 's/^\([a-z][a-z-]*\):[^#]*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 12

build: target/program.stamp ## Build bin/pilotlight, with an AOT cache where the JDK has them.
	@$(call JDK,--quiet); src/build/patiently "recording" src/build/train-aot

# run-tests touches it as well, because `make test` packages the same program.
target/program.stamp: $(program_sources)
	@$(call JDK); src/build/patiently "building the program; the first time fetches what that takes" $(MVN) -q package -DskipTests
	@install -d bin && install -m 755 src/build/launcher bin/pilotlight
	@touch $@

test: ## Run all tests and checks, tier by tier (PILOTLIGHT_REQUIRE_APISERVER=true: fail without an API server).
	@install -d bin && install -m 755 src/build/launcher bin/pilotlight
	@$(call JDK); src/build/run-tests $(MVN)

faults: ## Whatever can go wrong at every step of every flow (SEED=N: the same chances, ROWS=F1,F4 FLOWS=CREATE: only those).
	@$(call JDK,--quiet); MVN="$(MVN)" SEED=$(SEED) ROWS=$(ROWS) FLOWS=$(FLOWS) src/build/run-test-class dev.pilotlight.faults.Faults

fuzz: ## 10,000 bad specs against serving endpoints (SEED=N: the same again, TRANSITIONS=N: more or fewer).
	@$(call JDK,--quiet); MVN="$(MVN)" SEED=$(SEED) TRANSITIONS=$(TRANSITIONS) src/build/run-test-class dev.pilotlight.fuzz.Fuzz

bench: build ## What 10, 100 and 1,000 endpoints cost (BENCH_MAX=5000: more), as a table and in target/bench.json.
	@$(call JDK,--quiet); MVN="$(MVN)" BENCH_MAX=$(BENCH_MAX) src/build/run-test-class dev.pilotlight.bench.Bench

replay: ## What warm policies cost and leave cold, on held-out weeks (SEEDS=3: fewer; TRACES=dir, CSV=file: real requests), in target/replay.
	@$(call JDK,--quiet); MVN="$(MVN)" NO_API_SERVER=true JVM_ARGS="-Xmx4g" SEEDS=$(SEEDS) FAMILIES="$(FAMILIES)" TUNING=$(TUNING) \
		TRACES="$(TRACES)" CSV="$(CSV)" src/build/run-test-class dev.pilotlight.replay.Replay

demo: build ## See it work: API server, simulator and operator here, until Ctrl-C. CHECK=1: run the story and report.
	@$(call JDK,--quiet); MVN="$(MVN)" CHECK=$(CHECK) src/demo/run

clients: build ## Run boto3 and the AWS CLI against the simulator.
	@$(call JDK,--quiet); src/clients/run.sh

crds: ## Write crds/ again from the Java types.
	@$(call JDK); $(MVN) -q test -Dtest=CrdExportTest -Dcrds.update=true -Dsurefire.failIfNoSpecifiedTests=true
	@git status --short crds

format: ## Format the Java sources.
	@$(call JDK); $(MVN) -q spotless:apply

kube: ## Get kube-apiserver, etcd and kubectl: found, or built once into the cache.
	@src/build/kube-binaries

clean: ## Remove what was built; the caches outside the work tree stay.
	@rm -rf target bin
