// Real engines take all the processor there is: two tests at once on a small machine would measure each other.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
