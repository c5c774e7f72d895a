// Each test starts several processes and watches the time they take; two cores bear one such test at once.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
