# Two commands on a fresh machine: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

.PHONY: help demo clean-demo test check bench lock messages

help:
	@echo "make demo        a full demo shop on http://127.0.0.1:$(PORT) (PORT=… changes it), until Ctrl-C"
	@echo "make clean-demo  removes what the demo wrote (var/)"
	@echo "make test        all tests that need no server"
	@echo "make check       linters, types, layers, migrations"
	@echo "make bench       speed, against a stock django-oscar in the same run"
	@echo "make lock        writes requirements.lock and requirements-dev.lock anew"
	@echo "make messages    collects the strings to translate"

.venv/.installed: requirements.lock requirements-dev.lock
	@echo "Creating .venv and installing packages (once) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: .venv/.installed
	@PORT=$(PORT) $(BIN)/python -m marketplace.demo.serve

clean-demo:
	rm -rf var

test: .venv/.installed
	$(BIN)/python -m marketplace.translate_compile
	$(BIN)/pytest -n auto

check: .venv/.installed
	.ci/check

bench: .venv/.installed
	$(BIN)/python -m bench

lock:
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		--custom-compile-command "make lock" -c requirements.lock --group dev pyproject.toml -o requirements-dev.lock

messages: .venv/.installed
	$(MANAGE) makemessages --no-obsolete --no-location -l en -l ru -l kk -l ky -l uz -l tg -l tk -l az -i .venv -i var -i tests
