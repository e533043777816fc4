# Pilotlight's commands. `make` or `make help` lists them.
#
# Every target finds its own tools and says in one line what to install when one is missing (exit code 3, which make reports
# as "Error 3"). The logic is in src/build, so that it can be read, tested and used without make.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help build test demo clients crds format kube clean

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
	@$(call JDK,--quiet); src/build/train-aot

# run-tests touches it as well, because `make test` packages the same program.
target/program.stamp: $(program_sources)
	@$(call JDK); $(MVN) -q package -DskipTests
	@install -d bin && install -m 755 src/build/launcher bin/pilotlight
	@touch $@

test: ## Run all tests and checks, tier by tier (PILOTLIGHT_REQUIRE_APISERVER=true: fail without an API server).
	@install -d bin && install -m 755 src/build/launcher bin/pilotlight
	@$(call JDK); src/build/run-tests $(MVN)

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
