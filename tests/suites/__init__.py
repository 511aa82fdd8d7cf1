"""The test suites of other feed readers, tried on the parser where somebody has fetched them."""
