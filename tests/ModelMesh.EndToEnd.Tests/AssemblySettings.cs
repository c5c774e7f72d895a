// Each test starts processes and measures milliseconds: two at once on a small machine would measure each other.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
