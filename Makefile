# A thin wrapper of ./run, which says what each verb does: ./run help
.DEFAULT_GOAL := run
VERBS = run code test check fix bench soak reset lock
.PHONY: $(VERBS)
$(VERBS):
	@./run $@
