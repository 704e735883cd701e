# make paper     build/paper/ist.pdf; every number in it comes from a product of this checkout

.PHONY: paper

paper: packages
	@$(MAKE) --no-print-directory build
	@[ -e build/reproduce/summary.json ] || \
	  $(MAKE) --no-print-directory build/reproduce-quick/summary.json
	@paper/build
