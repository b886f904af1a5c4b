# make run · make test · make check · make bench        (Windows, or no make: see README.md)
# Stamps inside the environment make repeated calls fast; `make clean` forgets it all.

PYTHON  ?= python3
VENV    := .venv
PY      := $(VENV)/bin/python
RUN     := $(VENV)/.installed
DEV     := $(VENV)/.installed-dev
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
OFFLINE := { echo "安装失败，原因见上；若是连不上软件源，请检查网络或 pip 的镜像设置。" >&2; exit 1; }

.DEFAULT_GOAL := run
.PHONY: run test check format docs bench clean

run: $(RUN)
	@$(PY) tools/example.py

test: $(DEV)
	@$(PY) -m pytest

check: $(DEV)
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy --strict src tools bench
	@$(PY) -m mypy tests
	@$(PY) tools/catalogue.py --check
	@$(PY) tools/template.py --check
	@$(PY) tools/rebuilt.py --check
	@$(PY) tools/findings.py --check
	@$(PY) -m pytest --quiet tests/test_layers.py tests/test_house_rules.py

format: $(DEV)
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

docs: $(DEV)
	@$(PY) tools/catalogue.py
	@$(PY) tools/template.py
	@$(PY) tools/rebuilt.py
	@$(PY) tools/findings.py
	@$(PY) tools/readme.py
	@$(PY) tools/pictures.py

bench: $(DEV)
	@$(PY) bench/run.py
	@$(PY) bench/building.py
	@$(PY) bench/publishing.py
	@$(PY) bench/million.py
	@$(PY) bench/roundtrip.py
	@$(PY) bench/layouts.py
	@$(PY) bench/site.py
	@$(PY) bench/damaged.py
	@$(PY) bench/pdf.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

$(PY):
	@sh tools/environment.sh $(PYTHON) $(VENV)

$(RUN): pyproject.toml constraints.txt | $(PY)
	@echo "安装决算 …"
	@$(INSTALL) --editable . || $(OFFLINE)
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(PY)
	@echo "安装决算和测试工具 …"
	@$(INSTALL) --editable '.[dev]' || $(OFFLINE)
	@touch $(RUN) $@
