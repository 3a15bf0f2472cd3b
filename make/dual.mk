# Our server against the original, request by request.

SEEDS ?= 1-20

.PHONY: dual
dual: ## the same requests to the original server 5.19.0 and to ours: nothing may differ but what is named
	$(NEED) go
	@scripts/roots.sh sid
	@scripts/dual.sh 5.19.0 $(SEEDS)
